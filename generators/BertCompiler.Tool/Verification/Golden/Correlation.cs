namespace BertCompiler.Tool.Verification.Golden;

/// <summary>Pearson's and Spearman's correlation of two lists of numbers.</summary>
internal static class Correlation
{
    /// <summary>Pearson's r.</summary>
    public static double Pearson(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        double meanX = x.Average();
        double meanY = y.Average();
        double xy = 0, xx = 0, yy = 0;
        for (int i = 0; i < x.Count; i++)
        {
            double dx = x[i] - meanX;
            double dy = y[i] - meanY;
            xy += dx * dy;
            xx += dx * dx;
            yy += dy * dy;
        }

        return xy / Math.Sqrt(xx * yy);
    }

    /// <summary>Spearman's ρ: Pearson's r of the ranks; equal numbers share the mean of their ranks.</summary>
    public static double Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y) => Pearson(Ranks(x), Ranks(y));

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        var ranks = new double[values.Count];
        for (int first = 0; first < order.Length;)
        {
            int end = first;
            while (end < order.Length && values[order[end]] == values[order[first]]) end++;
            for (int i = first; i < end; i++) ranks[order[i]] = (first + end + 1) / 2.0;
            first = end;
        }

        return ranks;
    }
}
