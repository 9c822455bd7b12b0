namespace BertCompiler.Core.Spec;

/// <summary>Word, position and token-type tables, and the LayerNorm over their sum.</summary>
public sealed record EmbeddingSpec
{
    /// <summary>V, rows of the word table.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>E, the width of the tables; H except where a projection follows.</summary>
    public required int Width { get; init; }

    /// <summary>P, rows of the position table.</summary>
    public required int Positions { get; init; }

    /// <summary>What is added for a token's place.</summary>
    public PositionTable PositionTable { get; init; }

    /// <summary>Which row of the position table a token takes.</summary>
    public PositionRule PositionRule { get; init; }

    /// <summary>Rows of the token type table; 0: there is none.</summary>
    public required int TokenTypes { get; init; }

    /// <summary>The id that fills unused places of a padded batch, and that positions may be counted by.</summary>
    public required int PadTokenId { get; init; }

    /// <summary>ε of the LayerNorm.</summary>
    public required double Epsilon { get; init; }
}
