namespace BertCompiler.Core.Spec;

/// <summary>The head's kind and its labels.</summary>
public sealed record HeadSpec
{
    /// <summary>What it computes.</summary>
    public required HeadKind Kind { get; init; }

    /// <summary>Label texts in the order of the logits; empty where the head has no labels.</summary>
    public EquatableArray<string> Labels { get; init; }

    /// <summary>Whether the word table stands in for the decoder of a masked language model whose file has none.</summary>
    public bool TiesWords { get; init; }

    /// <summary>What a sequence classifier was trained to tell; null where its config.json does not say.</summary>
    public ProblemType? ProblemType { get; init; }

    /// <summary>What it is made of, in the order in which it is computed.</summary>
    public EquatableArray<HeadPartSpec> Parts { get; init; }

    /// <summary>
    /// What a cross-encoder does to the logits of a sequence classification head before it ranks by them; null: the default, σ for one label
    /// and nothing for several.
    /// </summary>
    public Activation? RerankFunction { get; init; }

    /// <summary>How a masked language model gives sparse vectors; null where the head is another.</summary>
    public SparseSpec? Sparse { get; init; }

    /// <summary>A head without anything in it.</summary>
    public static HeadSpec None { get; } = new() { Kind = HeadKind.None };
}
