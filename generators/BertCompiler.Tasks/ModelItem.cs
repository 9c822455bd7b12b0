namespace BertCompiler.Tasks;

/// <summary>A BertModel or BertTokenizer item of a project, as its author wrote it; metadata are trimmed.</summary>
internal sealed record ModelItem
{
    /// <summary>The types of items.</summary>
    public const string ModelType = "BertModel", TokenizerType = "BertTokenizer";

    /// <summary><see cref="ModelType"/> or <see cref="TokenizerType"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The Include, as far as MSBuild shows it: one name of several, without wildcards.</summary>
    public required string Include { get; init; }

    /// <summary>The full path that Include means.</summary>
    public required string FullPath { get; init; }

    /// <summary>The metadata Class.</summary>
    public string Class { get; init; } = "";

    /// <summary>The metadata Weights.</summary>
    public string Weights { get; init; } = "";

    /// <summary>The metadata Taps.</summary>
    public string Taps { get; init; } = "";

    /// <summary>The metadata Precision.</summary>
    public string Precision { get; init; } = "";

    /// <summary>The metadata Head.</summary>
    public string Head { get; init; } = "";

    /// <summary>The metadata Access.</summary>
    public string Access { get; init; } = "";

    /// <summary>Where the item stands.</summary>
    public required ItemPlace Place { get; init; }

    /// <summary>Whether the item is a tokenizer alone.</summary>
    public bool IsTokenizer => Type == TokenizerType;

    /// <summary>The item in its author's words, for messages: <c>BertModel Include="models/x" Class="Shop.X"</c>.</summary>
    public string Written => Class.Length == 0 ? $"{Type} Include=\"{Include}\"" : $"{Type} Include=\"{Include}\" Class=\"{Class}\"";
}
