namespace BertCompiler.Tool.Verification;

/// <summary>Compares two tensors of one shape.</summary>
internal static class TensorComparer
{
    /// <summary>The greatest absolute difference of two tensors.</summary>
    /// <param name="name">Name of the result.</param>
    /// <param name="expected">What it must be.</param>
    /// <param name="actual">What it is.</param>
    /// <param name="tolerance">The greatest difference that passes.</param>
    /// <param name="counts">Which numbers are compared; null: all.</param>
    public static TensorComparison Compare(string name, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, Func<long, bool>? counts = null)
    {
        if (expected.Length != actual.Length) throw new ArgumentException($"{name}: {expected.Length} numbers against {actual.Length}", nameof(actual));
        double greatest = 0;
        long compared = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            if (counts is not null && !counts(i)) continue;
            compared++;
            double error = Math.Abs((double)expected[i] - actual[i]);

            // Not a number: never within a tolerance, and never hidden by Math.Max.
            greatest = double.IsNaN(error) ? double.PositiveInfinity : Math.Max(greatest, error);
        }

        return new TensorComparison(name, greatest, tolerance, compared);
    }
}
