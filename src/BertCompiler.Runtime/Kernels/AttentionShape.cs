namespace BertCompiler.Kernels;

/// <summary>The numbers of one attention: heads, sizes, what may be attended to.</summary>
internal readonly struct AttentionShape
{
    /// <summary>A: heads of queries.</summary>
    public required int Heads { get; init; }

    /// <summary>KV: heads of keys and of values; divides A.</summary>
    public required int KeyHeads { get; init; }

    /// <summary>D.</summary>
    public required int HeadSize { get; init; }

    /// <summary>What scores are multiplied by.</summary>
    public required float Scale { get; init; }

    /// <summary>W: query i attends to the keys j with |i − j| ≤ W. At least the longest sequence where every key is attended to.</summary>
    public required int Window { get; init; }

    /// <summary>A·D, columns of Q and of the result.</summary>
    public int QueryColumns => Heads * HeadSize;

    /// <summary>KV·D, columns of K and of V.</summary>
    public int KeyColumns => KeyHeads * HeadSize;

    /// <summary>The shape that a caller's numbers say.</summary>
    /// <exception cref="ArgumentException">Heads that cannot share keys, or rows that do not fit.</exception>
    public static AttentionShape For(Rows qkv, Rows context, int heads, int keyValueHeads, int headSize, float scale, int window, int longest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(keyValueHeads);
        ArgumentOutOfRangeException.ThrowIfLessThan(headSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, -1);
        int keyHeads = keyValueHeads == 0 ? heads : keyValueHeads;
        if (heads % keyHeads != 0) throw new ArgumentException($"{heads} heads of queries cannot share {keyHeads} heads of keys evenly", nameof(keyValueHeads));
        Shape.Require(qkv, qkv.Count, checked((heads + (2 * keyHeads)) * headSize), nameof(qkv));
        Shape.Require(context, qkv.Count, checked(heads * headSize), nameof(context));
        return new AttentionShape
        {
            Heads = heads,
            KeyHeads = keyHeads,
            HeadSize = headSize,
            Scale = scale,
            Window = window < 0 ? longest : Math.Min(window, longest),
        };
    }

    /// <summary>The head of keys that a head of queries attends to (Ainslie et al. 2023, "GQA", §2.2).</summary>
    public int KeyHeadOf(int head) => head / (Heads / KeyHeads);
}
