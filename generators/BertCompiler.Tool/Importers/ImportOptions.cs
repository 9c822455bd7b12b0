namespace BertCompiler.Tool.Importers;

/// <summary>What an import may be told beyond the folder.</summary>
internal sealed record ImportOptions
{
    /// <summary>Nothing.</summary>
    public static ImportOptions Default { get; } = new();

    /// <summary>The Hugging Face class to compile, <c>BertModel</c>; null: the one that the folder implies.</summary>
    public string? Architecture { get; init; }
}
