namespace BertCompiler.Kernels;

/// <summary>The scores of some queries with some keys of a head.</summary>
internal readonly unsafe struct AttentionTile
{
    /// <summary>The first query, a token of the sequence.</summary>
    public required int Row { get; init; }

    /// <summary>Number of queries, at most <see cref="TileRows.Most"/>.</summary>
    public required int Count { get; init; }

    /// <summary>The first key, counted from the first one of <see cref="AttentionHead"/>; a multiple of 32.</summary>
    public required int Column { get; init; }

    /// <summary>Number of keys.</summary>
    public required int Columns { get; init; }

    /// <summary>[Count, Columns], with room for whole groups of 32.</summary>
    public required float* Scores { get; init; }

    /// <summary>Floats from one query's scores to the next one's.</summary>
    public required nint Stride { get; init; }
}
