namespace BertCompiler.Kernels;

/// <summary>The column of each distance in a table of products, worked out once a call.</summary>
/// <param name="columns">[2F+1]: element d + F is the column of the distance d = key − query; never falls.</param>
/// <param name="farthest">F; farther distances have the columns of ±F.</param>
/// <param name="areConsecutive">Whether the tokens of each sequence stand one after the other.</param>
internal readonly unsafe struct DistanceTable(int* columns, int farthest, bool areConsecutive)
{
    private readonly int* _middle = columns + farthest;
    private readonly int _farthest = farthest;

    /// <summary>The least distance from which on each has the column after that of the one before.</summary>
    public int FirstInRun { get; } = -RunFrom(columns + farthest, farthest, -1);

    /// <summary>The last such distance.</summary>
    public int LastInRun { get; } = RunFrom(columns + farthest, farthest, 1);

    /// <summary>Whether the tokens of each sequence stand one after the other, so that places differ as tokens do.</summary>
    public bool AreConsecutive { get; } = areConsecutive;

    /// <summary>Number of columns from the first that occurs to the last.</summary>
    public int ColumnCount => _middle == null ? 0 : _middle[_farthest] - _middle[-_farthest] + 1;

    /// <summary>The column of a distance of at most F.</summary>
    public int this[int distance] => _middle[distance];

    /// <summary>The column of any distance.</summary>
    public int ColumnOf(long distance) => _middle[Math.Clamp(distance, -_farthest, _farthest)];

    // How many steps from distance 0 change the column by the step.
    private static int RunFrom(int* middle, int farthest, int step)
    {
        int count = 0;
        while (count < farthest && middle[(count + 1) * step] == middle[count * step] + step) count++;
        return count;
    }
}
