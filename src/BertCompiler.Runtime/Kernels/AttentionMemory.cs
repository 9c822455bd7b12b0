namespace BertCompiler.Kernels;

/// <summary>What a thread works in: its part of <see cref="AttentionScratch"/>, divided for the keys of one item.</summary>
internal readonly unsafe struct AttentionMemory
{
    /// <summary>Divides memory of <see cref="FloatsFor"/> floats or more.</summary>
    public AttentionMemory(float* start, int keys, int tileKeys, int headSize)
    {
        ScoreStride = Rows.StrideFor(tileKeys);
        Keys = start;
        Values = Keys + ((nint)Rows.StrideFor(keys) * headSize);
        Scores = Values + ((nint)keys * Rows.StrideFor(headSize));
        Results = Scores + (TileRows.Most * ScoreStride);
        Distances = Results + (TileRows.Most * PackedMatrix.PanelWidth);
    }

    /// <summary>K in panels, [⌈m/32⌉][D][32].</summary>
    public float* Keys { get; }

    /// <summary>V in panels, [⌈D/32⌉][m][32].</summary>
    public float* Values { get; }

    /// <summary>Scores of a tile.</summary>
    public float* Scores { get; }

    /// <summary>Floats from one query's scores to the next one's.</summary>
    public nint ScoreStride { get; }

    /// <summary>Results of a tile, [12][32].</summary>
    public float* Results { get; }

    /// <summary>Memory of the distances.</summary>
    public float* Distances { get; }

    /// <summary>Floats that an item needs, without those of the distances.</summary>
    public static long FloatsFor(int keys, int tileKeys, int headSize) =>
        (Rows.StrideFor(keys) * (long)headSize) + (keys * (long)Rows.StrideFor(headSize)) + (TileRows.Most * ((long)Rows.StrideFor(tileKeys) + PackedMatrix.PanelWidth));
}
