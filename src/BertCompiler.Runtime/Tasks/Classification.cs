namespace BertCompiler;

/// <summary>What a classifier says about one text or pair.</summary>
public class Classification
{
    private readonly IReadOnlyList<string> _labels;
    private readonly float[] _scores;
    private readonly float[] _logits;

    internal Classification(IReadOnlyList<string> labels, ReadOnlySpan<float> logits, ScoreFunction function, bool truncated)
    {
        _labels = labels;
        _logits = logits.ToArray();
        _scores = Tasks.Scores.Of(logits, function);
        Function = function;
        LabelIndex = Tasks.Scores.Best<float>(_scores);
        Truncated = truncated;
    }

    /// <summary>Number of the best label; of equals the first.</summary>
    public int LabelIndex { get; }

    /// <summary>Text of the best label.</summary>
    public string LabelText => _labels[LabelIndex];

    /// <summary>Score of the best label.</summary>
    public float Score => _scores[LabelIndex];

    /// <summary>How the logits became scores.</summary>
    public ScoreFunction Function { get; }

    /// <summary>The logits, in the order of the labels.</summary>
    public IReadOnlyList<float> Logits => _logits;

    /// <summary>The scores, in the order of the labels.</summary>
    public IReadOnlyList<float> Scores => _scores;

    /// <summary>Whether the text was cut because it is longer than the model can read.</summary>
    public bool Truncated { get; }

    /// <summary>For people: <c>positive 0.98, negative 0.02</c>.</summary>
    public override string ToString() => $"{Printed.First(Ranked())}{Printed.Cut(Truncated)}";

    /// <summary>The labels by descending score, of equals the first first.</summary>
    /// <param name="top">How many at most; null: all.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public IReadOnlyList<LabelScore> Ranked(int? top = null)
    {
        if (top is { } count) ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(top));
        return Array.ConvertAll(Tasks.Scores.Descending(_scores, top ?? _scores.Length), i => new LabelScore(i, _labels[i], _scores[i]));
    }

    /// <summary>The labels whose score is greater than <paramref name="threshold"/>, in their own order: the answer of a model that may give several labels.</summary>
    public IReadOnlyList<LabelScore> Above(float threshold = 0.5f)
    {
        var above = new List<LabelScore>();
        for (int i = 0; i < _scores.Length; i++)
        {
            if (_scores[i] > threshold) above.Add(new LabelScore(i, _labels[i], _scores[i]));
        }

        return above;
    }
}
