using BertCompiler.Tasks;

namespace BertCompiler;

/// <summary>What a classifier says about one text or pair, with the model's own labels.</summary>
/// <typeparam name="TLabel">The labels; the value of each is the number of its logit.</typeparam>
public sealed class Classification<TLabel> : Classification
    where TLabel : struct, Enum
{
    internal Classification(IReadOnlyList<string> labels, ReadOnlySpan<float> logits, ScoreFunction function, bool truncated)
        : base(labels, logits, function, truncated)
    {
    }

    /// <summary>The best label.</summary>
    public TLabel Label => EnumLabel<TLabel>.Of(LabelIndex);

    /// <summary>Score of a label.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The model has no such label.</exception>
    public float this[TLabel label]
    {
        get
        {
            int index = EnumLabel<TLabel>.IndexOf(label);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Scores.Count, nameof(label));
            return Scores[index];
        }
    }
}
