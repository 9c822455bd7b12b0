using BertCompiler.Tasks;

namespace BertCompiler;

/// <summary>Whether a second text follows a first one (Devlin et al. 2019, §3.1, task 2).</summary>
public sealed class NextSentenceScore
{
    internal NextSentenceScore(ReadOnlySpan<float> logits, bool truncated)
    {
        float[] scores = Scores.Of(logits, ScoreFunction.Softmax);
        Follows = scores[0];
        DoesNotFollow = scores[1];
        Logits = logits.ToArray();
        Truncated = truncated;
    }

    /// <summary>Probability that the second text follows the first: logit 0.</summary>
    public float Follows { get; }

    /// <summary>Probability that it does not: logit 1.</summary>
    public float DoesNotFollow { get; }

    /// <summary>Whether following is the likelier; a tie counts as following, the first label.</summary>
    public bool IsNext => Follows >= DoesNotFollow;

    /// <summary>The two logits.</summary>
    public IReadOnlyList<float> Logits { get; }

    /// <summary>Whether the texts were cut because they are longer than the model can read.</summary>
    public bool Truncated { get; }

    /// <summary>For people: <c>follows 0.98</c>.</summary>
    public override string ToString() => $"{(IsNext ? "follows" : "does not follow")} {Printed.Number(IsNext ? Follows : DoesNotFollow)}{Printed.Cut(Truncated)}";
}
