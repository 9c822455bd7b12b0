namespace BertCompiler.Core.Spec;

/// <summary>Word, position and token-type tables, and the LayerNorm over their sum.</summary>
public sealed record EmbeddingSpec
{
    /// <summary>V, rows of the word table.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>E, the width of the tables; H except where a projection follows.</summary>
    public required int Width { get; init; }

    /// <summary>P, rows of the tables of positions; 0: there is none, and texts may be of any length.</summary>
    public required int Positions { get; init; }

    /// <summary>What is added for a token's place.</summary>
    public PositionTable PositionTable { get; init; }

    /// <summary>Which row of the position table a token takes.</summary>
    public PositionRule PositionRule { get; init; }

    /// <summary>Rows of the token type table; 0: there is none.</summary>
    public required int TokenTypes { get; init; }

    /// <summary>The id that fills unused places of a padded batch, and that positions may be counted by.</summary>
    public required int PadTokenId { get; init; }

    /// <summary>Rows of the table of task types (ERNIE); 0: there is none.</summary>
    public int TaskTypes { get; init; }

    /// <summary>How the sum of the tables is normalised; null: it is not.</summary>
    public NormKind? Norm { get; init; } = NormKind.LayerNorm;

    /// <summary>Where the tables are narrower than the layers and a product widens them: whether the norm comes after that product.</summary>
    public bool NormFollowsProjection { get; init; }

    /// <summary>Whether a product follows the tables: always where widths differ, in ALBERT always.</summary>
    public bool IsProjected { get; init; }

    /// <summary>Whether that product has a bias.</summary>
    public bool HasProjectionBias { get; init; } = true;

    /// <summary>ε of the norm.</summary>
    public required double Epsilon { get; init; }
}
