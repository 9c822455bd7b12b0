namespace BertCompiler.Core.Spec;

/// <summary>
/// One result after the encoder: what it reads, a dense layer with an activation and a norm where it has them, and the product that gives
/// the scores.
/// </summary>
public sealed record HeadPartSpec
{
    /// <summary>What packed tensors and values are called, <c>Classifier</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it reads.</summary>
    public required HeadInput From { get; init; }

    /// <summary>Width of the dense layer before the scores; 0: there is none.</summary>
    public int DenseWidth { get; init; }

    /// <summary>Whether the dense layer has a bias.</summary>
    public bool HasDenseBias { get; init; } = true;

    /// <summary>What follows the dense layer.</summary>
    public Activation Activation { get; init; }

    /// <summary>The norm after the activation; null: none.</summary>
    public NormKind? Norm { get; init; }

    /// <summary>ε of that norm.</summary>
    public double Epsilon { get; init; }

    /// <summary>Numbers in a row of scores.</summary>
    public required int Columns { get; init; }

    /// <summary>Whether the scores have a bias.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>Whether a row is a score for each word of the vocabulary: it is computed for the tokens that are asked for.</summary>
    public bool ScoresVocabulary { get; init; }

    /// <summary>Whether the scores of a text's tokens become one row, their mean.</summary>
    public bool AveragesScores { get; init; }

    /// <summary>Hugging Face's name of the result, or of its columns, in order.</summary>
    public required EquatableArray<string> Outputs { get; init; }

    /// <summary>Whether each of <see cref="Outputs"/> is one column; otherwise the one output has all columns.</summary>
    public bool IsByColumn { get; init; }
}
