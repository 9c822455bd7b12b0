namespace BertCompiler;

/// <summary>What a compiled model's head is: its labels, and how its logits are to be read.</summary>
public sealed record HeadFacts
{
    /// <summary>Label texts in the order of the logits; empty where the head has none.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary><c>problem_type</c> of config.json; null where it says nothing.</summary>
    public ProblemType? ProblemType { get; init; }

    /// <summary>The activation that a cross-encoder's folder names for ranking; null: sigmoid for one label, none for several.</summary>
    public ScoreFunction? RerankFunction { get; init; }

    /// <summary>How a masked language model makes sparse vectors.</summary>
    public SparseFacts Sparse { get; init; } = new();

    /// <summary>
    /// What turns logits into scores where nobody says otherwise (transformers, <c>pipelines/text_classification.py</c>): regression none,
    /// several labels or a single one sigmoid, else softmax.
    /// </summary>
    public ScoreFunction ClassifyFunction => ProblemType switch
    {
        BertCompiler.ProblemType.Regression => ScoreFunction.None,
        BertCompiler.ProblemType.MultiLabel => ScoreFunction.Sigmoid,
        _ => Labels.Count == 1 ? ScoreFunction.Sigmoid : ScoreFunction.Softmax,
    };

    /// <summary>
    /// What turns the logits of a pair of texts into scores (sentence-transformers, <c>CrossEncoder.predict</c>): what the folder names, else
    /// sigmoid for one label and nothing for several.
    /// </summary>
    public ScoreFunction PairFunction => RerankFunction ?? (Labels.Count == 1 ? ScoreFunction.Sigmoid : ScoreFunction.None);

    /// <summary>For people: <c>3 labels: negative, neutral, positive</c>.</summary>
    public override string ToString() => $"{Printed.Count(Labels.Count, "label")}{(Labels.Count > 0 ? ": " : "")}{Printed.First([.. Labels.Select(Printed.Short)])}{(ProblemType is { } type ? $", {type}" : "")}";
}
