namespace BertCompiler.Core.Spec;

/// <summary>Word, position and token-type tables, and the LayerNorm over their sum.</summary>
public sealed record EmbeddingSpec
{
    /// <summary>V, rows of the word table.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>P, rows of the position table.</summary>
    public required int Positions { get; init; }

    /// <summary>Rows of the token type table.</summary>
    public required int TokenTypes { get; init; }

    /// <summary>The id that fills unused places of a padded batch.</summary>
    public required int PadTokenId { get; init; }

    /// <summary>ε of the LayerNorm.</summary>
    public required double Epsilon { get; init; }
}
