namespace BertCompiler.Tasks;

/// <summary>Logits → scores, and which is best.</summary>
internal static class Scores
{
    /// <summary>Applies a score function to a row of logits.</summary>
    public static float[] Of(ReadOnlySpan<float> logits, ScoreFunction function)
    {
        var scores = new float[logits.Length];
        if (function == ScoreFunction.Softmax)
        {
            var probabilities = new double[logits.Length];
            RealMath.Softmax(logits, probabilities);
            for (int i = 0; i < scores.Length; i++) scores[i] = (float)probabilities[i];
            return scores;
        }

        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = function switch
            {
                ScoreFunction.None => logits[i],
                ScoreFunction.Sigmoid => (float)RealMath.Sigmoid(logits[i]),
                ScoreFunction.Tanh => (float)RealMath.Tanh(logits[i]),
                _ => throw new ArgumentOutOfRangeException(nameof(function), function, "no such score function"),
            };
        }

        return scores;
    }

    /// <summary>Index of the first greatest value; −1 where there is none.</summary>
    public static int Best<T>(ReadOnlySpan<T> values) where T : IComparable<T>
    {
        int best = values.IsEmpty ? -1 : 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i].CompareTo(values[best]) > 0) best = i;
        }

        return best;
    }

    /// <summary>Indices of the <paramref name="count"/> greatest values, in descending order; of equals the first.</summary>
    public static int[] Descending(ReadOnlySpan<float> values, int count)
    {
        float[] copy = values.ToArray();
        var indices = new int[copy.Length];
        for (int i = 0; i < indices.Length; i++) indices[i] = i;
        Array.Sort(indices, (a, b) => copy[b].CompareTo(copy[a]) is var order && order != 0 ? order : a.CompareTo(b));
        return count >= indices.Length ? indices : indices[..count];
    }
}
