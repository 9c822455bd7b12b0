namespace BertCompiler.Core.Spec;

/// <summary>What generated code says about the tokenizer. The vocabulary itself is in the packed weights.</summary>
public sealed record TokenizerSpec
{
    /// <summary>The model's name: <c>WordPiece</c>, <c>BPE</c>, <c>Unigram</c> or <c>WordLevel</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Number of tokens, added ones included.</summary>
    public required int Count { get; init; }

    /// <summary>Whether text is lower-cased.</summary>
    public required bool LowerCase { get; init; }

    /// <summary>Number of tokens that the template adds to a single text.</summary>
    public required int SpecialTokens { get; init; }
}
