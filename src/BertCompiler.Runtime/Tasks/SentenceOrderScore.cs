using BertCompiler.Tasks;

namespace BertCompiler;

/// <summary>Whether two texts that follow one another stand in their order (Lan et al. 2020, §3.1).</summary>
public sealed class SentenceOrderScore
{
    internal SentenceOrderScore(ReadOnlySpan<float> logits, bool truncated)
    {
        float[] scores = Scores.Of(logits, ScoreFunction.Softmax);
        InOrder = scores[0];
        Swapped = scores[1];
        Logits = logits.ToArray();
        Truncated = truncated;
    }

    /// <summary>Probability that the texts stand in their order: logit 0.</summary>
    public float InOrder { get; }

    /// <summary>Probability that they were swapped: logit 1.</summary>
    public float Swapped { get; }

    /// <summary>Whether their order is the likelier; a tie counts as in order, the first label.</summary>
    public bool IsInOrder => InOrder >= Swapped;

    /// <summary>The two logits.</summary>
    public IReadOnlyList<float> Logits { get; }

    /// <summary>Whether the texts were cut because they are longer than the model can read.</summary>
    public bool Truncated { get; }

    /// <summary>For people: <c>in order 0.98</c>.</summary>
    public override string ToString() => $"{(IsInOrder ? "in order" : "swapped")} {Printed.Number(IsInOrder ? InOrder : Swapped)}{Printed.Cut(Truncated)}";
}
