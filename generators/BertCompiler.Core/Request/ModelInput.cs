namespace BertCompiler.Core.Request;

/// <summary>What a build says about one model or tokenizer: the manifest's text and the item's metadata, as written.</summary>
/// <remarks>Structurally equal; the only thing that comes out of the generator's Roslyn step.</remarks>
public sealed record ModelInput
{
    /// <summary>Path of the manifest, for messages.</summary>
    public required string File { get; init; }

    /// <summary>Its text.</summary>
    public required string Text { get; init; }

    /// <summary>Full name of the class, <c>Shop.MiniLm</c>.</summary>
    public required string ClassName { get; init; }

    /// <summary><c>hidden</c>, <c>attention</c>, separated by semicolons; empty: none.</summary>
    public required string Taps { get; init; }

    /// <summary><c>File</c> or <c>Embedded</c>; empty: File.</summary>
    public required string Weights { get; init; }
}
