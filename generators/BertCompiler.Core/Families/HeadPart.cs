using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>
/// One result behind the encoder: what it reads, optionally a dense layer with an activation and a LayerNorm, and the product that gives the
/// scores. Tensor names are stems, without the family's prefix.
/// </summary>
public sealed record HeadPart
{
    /// <summary>What packed tensors and buffers are called, <c>Classifier</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it reads.</summary>
    public required HeadInput From { get; init; }

    /// <summary>The dense layer before the scores; null: none.</summary>
    public string? Dense { get; init; }

    /// <summary>The activation behind <see cref="Dense"/>; null: the one that config.json names for the layers.</summary>
    public Activation? Activation { get; init; }

    /// <summary>Whether <see cref="Dense"/> has a bias.</summary>
    public bool HasDenseBias { get; init; } = true;

    /// <summary>The norm after the activation; null: none.</summary>
    public string? Norm { get; init; }

    /// <summary>Another name of the norm that files have; null: none.</summary>
    public string? OtherNorm { get; init; }

    /// <summary>How that norm works.</summary>
    public NormKind NormKind { get; init; }

    /// <summary>Whether <see cref="Scores"/> has a bias.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>Whether the family's prefix may stand before the names.</summary>
    public bool IsInEncoder { get; init; }

    /// <summary>Whether the scores of a text's tokens become one row, their mean.</summary>
    public bool AveragesScores { get; init; }

    /// <summary>Whether the dense layer leads to the width of the word table, which may differ from H.</summary>
    public bool DenseIsEmbeddingWide { get; init; }

    /// <summary>The product that gives the scores.</summary>
    public required string Scores { get; init; }

    /// <summary>Numbers in a row of scores.</summary>
    public required HeadColumns Columns { get; init; }

    /// <summary>Full name of the bias where <see cref="Scores"/> has none of its own; null: no other name.</summary>
    public string? BiasElsewhere { get; init; }

    /// <summary>Whether the word table stands in where the weights of <see cref="Scores"/> are missing (tied weights).</summary>
    public bool IsTied { get; init; }

    /// <summary>Hugging Face's name of the result, or of its columns, in order.</summary>
    public required EquatableArray<string> Outputs { get; init; }

    /// <summary>Whether each of <see cref="Outputs"/> is one column, a number a row; otherwise the one output has all columns.</summary>
    public bool IsByColumn { get; init; }

    /// <summary>A score for each label from the pooled first token.</summary>
    public static HeadPart PooledClassifier { get; } = new() { Name = "Classifier", From = HeadInput.Pooler, Scores = "classifier", Columns = HeadColumns.Labels, Outputs = new(["logits"]) };

    /// <summary>A score for each label from the first token, through a dense layer.</summary>
    public static HeadPart FirstTokenClassifier(string dense, Activation activation, string scores) =>
        PooledClassifier with { From = HeadInput.FirstToken, Dense = dense, Activation = activation, Scores = scores };

    /// <summary>A score for each label of each token.</summary>
    public static HeadPart TokenClassifier { get; } = PooledClassifier with { From = HeadInput.EachToken };

    /// <summary>How well each token begins and ends the answer.</summary>
    public static HeadPart Span { get; } = new()
    {
        Name = "Span",
        From = HeadInput.EachToken,
        Scores = "qa_outputs",
        Columns = HeadColumns.Two,
        Outputs = new(["start_logits", "end_logits"]),
        IsByColumn = true,
    };

    /// <summary>The masked language model as RoBERTa and its followers call it: always exact GELU.</summary>
    public static HeadPart LmHead { get; } = new()
    {
        Name = "Decoder",
        From = HeadInput.EachToken,
        Dense = "lm_head.dense",
        Activation = Spec.Activation.GeluErf,
        Norm = "lm_head.layer_norm",
        Scores = "lm_head.decoder",
        BiasElsewhere = "lm_head.bias",
        IsTied = true,
        Columns = HeadColumns.Vocabulary,
        Outputs = new(["logits"]),
    };
}
