namespace BertCompiler.Kernels;

/// <summary>One head of one sequence, or some queries of it and the keys that they attend to, while attention works on it.</summary>
internal readonly unsafe struct AttentionHead
{
    /// <summary>The head's columns of Q, [n,D].</summary>
    public required float* Queries { get; init; }

    /// <summary>The head's columns of K from the first key that is attended to, [m,D].</summary>
    public required float* Keys { get; init; }

    /// <summary>The head's columns of the result, [n,D].</summary>
    public required float* Context { get; init; }

    /// <summary>Floats from one token's queries, or keys, to the next one's.</summary>
    public required nint Stride { get; init; }

    /// <summary>Where each token stands, [n].</summary>
    public required int* Places { get; init; }

    /// <summary>The columns of distances, where there is such a table.</summary>
    public required DistanceTable Table { get; init; }

    /// <summary>n.</summary>
    public required int Length { get; init; }

    /// <summary>The token that key 0 belongs to.</summary>
    public required int FirstKey { get; init; }

    /// <summary>m: the keys are those of the tokens FirstKey … FirstKey + m − 1.</summary>
    public required int KeyCount { get; init; }

    /// <summary>Where the tokens of the keys stand, [m].</summary>
    public int* KeyPlaces => Places + FirstKey;

    /// <summary>Number of the head.</summary>
    public required int Number { get; init; }

    /// <summary>D.</summary>
    public required int Size { get; init; }

    /// <summary>What scores are multiplied by.</summary>
    public required float Scale { get; init; }
}
