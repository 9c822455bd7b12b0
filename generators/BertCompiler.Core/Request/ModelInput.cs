namespace BertCompiler.Core.Request;

/// <summary>What a build says about one model or tokenizer: the manifest's text and the item's metadata, as written.</summary>
/// <remarks>Structurally equal; the only thing that comes out of the generator's Roslyn step.</remarks>
public sealed record ModelInput
{
    /// <summary>Path of the manifest, for messages about itself.</summary>
    public required string File { get; init; }

    /// <summary>Its text.</summary>
    public required string Text { get; init; }

    /// <summary>Full name of the class, <c>Shop.MiniLm</c>.</summary>
    public required string ClassName { get; init; }

    /// <summary><c>hidden</c>, <c>attention</c>, separated by semicolons; empty: none.</summary>
    public required string Taps { get; init; }

    /// <summary><c>File</c> or <c>Embedded</c>; empty: File.</summary>
    public required string Weights { get; init; }

    /// <summary><c>public</c> or <c>internal</c>; empty: public.</summary>
    public string Access { get; init; } = "";

    /// <summary>The item in its author's words, <c>BertModel Include="models/x"</c>; empty: unknown.</summary>
    public string Item { get; init; } = "";

    /// <summary>The project file that holds the item, for messages about it; empty: unknown.</summary>
    public string Project { get; init; } = "";

    /// <summary>The item's line there, from 1; 0: unknown.</summary>
    public int ProjectLine { get; init; }
}
