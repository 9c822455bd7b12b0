using System.Globalization;

namespace BertCompiler;

/// <summary>Which of several continuations a model takes.</summary>
public sealed class ChoiceResult
{
    internal ChoiceResult(float[] logits, IReadOnlyList<string> choices, bool truncated)
    {
        float[] scores = Tasks.Scores.Of(logits, ScoreFunction.Softmax);
        Logits = logits;
        Scores = scores;
        Index = Tasks.Scores.Best<float>(logits);
        Text = choices[Index];
        Truncated = truncated;
    }

    /// <summary>Number of the best choice; of equals the first.</summary>
    public int Index { get; }

    /// <summary>The best choice.</summary>
    public string Text { get; }

    /// <summary>Probability of the best choice.</summary>
    public float Score => Scores[Index];

    /// <summary>Probabilities, in the order of the choices.</summary>
    public IReadOnlyList<float> Scores { get; }

    /// <summary>Logits, in the order of the choices.</summary>
    public IReadOnlyList<float> Logits { get; }

    /// <summary>Whether the prompt with one of the choices was cut because the model cannot read more.</summary>
    public bool Truncated { get; }

    /// <summary>For people: <c>choice 1, 0.98: "He reads."</c>.</summary>
    public override string ToString() => $"choice {Index.ToString(CultureInfo.InvariantCulture)}, {Printed.Number(Score)}: {Printed.Quoted(Text)}{Printed.Cut(Truncated)}";
}
