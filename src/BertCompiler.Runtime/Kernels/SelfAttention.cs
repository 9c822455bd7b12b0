namespace BertCompiler.Kernels;

/// <summary>
/// Scaled dot-product self-attention (Vaswani et al. 2017, §3.2), each sequence and head by itself:
/// <code>
/// Sᵢⱼ = scale·Σ_d Qᵢ_d·Kⱼ_d,  Eᵢⱼ = exp(Sᵢⱼ − maxⱼ Sᵢⱼ),  Zᵢ = Σⱼ Eᵢⱼ,  contextᵢ = (Σⱼ Eᵢⱼ·Vⱼ)/Zᵢ,  Pᵢⱼ = Eᵢⱼ/Zᵢ
/// </code>
/// Both products accumulate in index order with fused multiply-add (<see cref="MatrixTile"/>); max and Z run in 16 lanes in a fixed tree.
/// Dividing after the second product saves a pass over the scores. Error against float64: about (D + n)·2⁻²⁴ relative to Σ|E·V|/Z.
/// Where distances count, an <see cref="IRelativePositions"/> adds to S. With a window W the sums run over the keys with |i − j| ≤ W (Beltagy
/// et al. 2020, "Longformer", §3.1) and cost as much; a token that has nothing to attend to has the context 0. Several heads of queries may
/// share a head of keys and values (Ainslie et al. 2023, "GQA", §2.2).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class SelfAttention
{
    /// <summary>Attention of every sequence over itself.</summary>
    /// <param name="crew">The threads.</param>
    /// <param name="qkv">Q|K|V side by side, [T,3H], H = heads·headSize; head h of Q begins at column h·headSize.</param>
    /// <param name="offsets">Where each sequence begins, [B+1], from 0 to T.</param>
    /// <param name="heads">A.</param>
    /// <param name="headSize">D.</param>
    /// <param name="scale">Multiplies the scores: 1/√D, or 1 where that is in the weights of Q.</param>
    /// <param name="context">[T,H]; must not overlap <paramref name="qkv"/>.</param>
    /// <param name="scratch">Memory to work in.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void Apply(
        CrewCall crew, Rows qkv, ReadOnlySpan<int> offsets, int heads, int headSize, float scale, Rows context, AttentionScratch scratch) =>
        Run(crew, qkv, offsets, default, default, heads, 0, headSize, scale, -1, context, scratch, default(NoRelativePositions));

    /// <summary>Attention of every sequence of a batch over itself.</summary>
    /// <param name="crew">The threads.</param>
    /// <param name="qkv">Q|K|V side by side, [T,(A+2·KV)·D].</param>
    /// <param name="batch">The sequences.</param>
    /// <param name="heads">A.</param>
    /// <param name="headSize">D.</param>
    /// <param name="scale">Multiplies the scores: 1/√D, or 1 where that is in the weights of Q.</param>
    /// <param name="context">[T,A·D]; must not overlap <paramref name="qkv"/>.</param>
    /// <param name="scratch">Memory to work in.</param>
    /// <param name="keyValueHeads">KV, a divisor of A; 0: A.</param>
    /// <param name="window">W: token i attends to the tokens j with |i − j| ≤ W; −1: to all.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void Apply(
        CrewCall crew, Rows qkv, TokenBatch batch, int heads, int headSize, float scale, Rows context, AttentionScratch scratch,
        int keyValueHeads = 0, int window = -1) =>
        Apply(crew, qkv, batch, heads, headSize, scale, context, scratch, default(NoRelativePositions), keyValueHeads, window);

    /// <summary>Attention whose scores know the distance between tokens.</summary>
    /// <typeparam name="TDistances">What is added to scores.</typeparam>
    /// <param name="crew">The threads.</param>
    /// <param name="qkv">Q|K|V side by side, [T,(A+2·KV)·D].</param>
    /// <param name="batch">The sequences, and where their tokens stand.</param>
    /// <param name="heads">A.</param>
    /// <param name="headSize">D.</param>
    /// <param name="scale">Multiplies the scores: 1/√D, or 1 where that is in the weights of Q.</param>
    /// <param name="context">[T,A·D]; must not overlap <paramref name="qkv"/>.</param>
    /// <param name="scratch">Memory to work in.</param>
    /// <param name="distances">What is added to scores.</param>
    /// <param name="keyValueHeads">KV, a divisor of A; 0: A.</param>
    /// <param name="window">W: token i attends to the tokens j with |i − j| ≤ W; −1: to all.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void Apply<TDistances>(
        CrewCall crew, Rows qkv, TokenBatch batch, int heads, int headSize, float scale, Rows context, AttentionScratch scratch, TDistances distances,
        int keyValueHeads = 0, int window = -1)
        where TDistances : struct, IRelativePositions
    {
        ArgumentNullException.ThrowIfNull(batch);
        Run(crew, qkv, batch.Offsets, batch.Positions, batch.SilentTokens, heads, keyValueHeads, headSize, scale, window, context, scratch, distances);
    }

    /// <summary>The same numbers as without taps, and the probabilities of each sequence and head to <paramref name="tap"/>.</summary>
    /// <param name="crew">Says the register width; the work is done on this thread.</param>
    /// <param name="qkv">Q|K|V side by side, [T,3H], H = heads·headSize; head h of Q begins at column h·headSize.</param>
    /// <param name="offsets">Where each sequence begins, [B+1], from 0 to T.</param>
    /// <param name="heads">A.</param>
    /// <param name="headSize">D.</param>
    /// <param name="scale">Multiplies the scores: 1/√D, or 1 where that is in the weights of Q.</param>
    /// <param name="context">[T,H]; must not overlap <paramref name="qkv"/>.</param>
    /// <param name="scratch">Memory to work in.</param>
    /// <param name="tap">Called on this thread, once for each sequence and head, in order.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void ApplyWithProbabilities(
        CrewCall crew, Rows qkv, ReadOnlySpan<int> offsets, int heads, int headSize, float scale, Rows context, AttentionScratch scratch, IAttentionTap tap) =>
        RunTapped(crew, qkv, offsets, default, default, heads, 0, headSize, scale, -1, context, scratch, tap, default(NoRelativePositions));

    /// <summary>The same for a batch.</summary>
    /// <param name="crew">The threads; the work is done on this one.</param>
    /// <param name="qkv">Q|K|V side by side, [T,(A+2·KV)·D].</param>
    /// <param name="batch">The sequences.</param>
    /// <param name="heads">A.</param>
    /// <param name="headSize">D.</param>
    /// <param name="scale">Multiplies the scores: 1/√D, or 1 where that is in the weights of Q.</param>
    /// <param name="context">[T,A·D]; must not overlap <paramref name="qkv"/>.</param>
    /// <param name="scratch">Memory to work in.</param>
    /// <param name="tap">Called on this thread, once for each sequence and head, in order.</param>
    /// <param name="keyValueHeads">KV, a divisor of A; 0: A.</param>
    /// <param name="window">W: token i attends to the tokens j with |i − j| ≤ W; −1: to all.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void ApplyWithProbabilities(
        CrewCall crew, Rows qkv, TokenBatch batch, int heads, int headSize, float scale, Rows context, AttentionScratch scratch, IAttentionTap tap,
        int keyValueHeads = 0, int window = -1) =>
        ApplyWithProbabilities(crew, qkv, batch, heads, headSize, scale, context, scratch, tap, default(NoRelativePositions), keyValueHeads, window);

    /// <summary>The same with distances.</summary>
    /// <typeparam name="TDistances">What is added to scores.</typeparam>
    /// <param name="crew">The threads; the work is done on this one.</param>
    /// <param name="qkv">Q|K|V side by side, [T,(A+2·KV)·D].</param>
    /// <param name="batch">The sequences, and where their tokens stand.</param>
    /// <param name="heads">A.</param>
    /// <param name="headSize">D.</param>
    /// <param name="scale">Multiplies the scores: 1/√D, or 1 where that is in the weights of Q.</param>
    /// <param name="context">[T,A·D]; must not overlap <paramref name="qkv"/>.</param>
    /// <param name="scratch">Memory to work in.</param>
    /// <param name="tap">Called on this thread, once for each sequence and head, in order.</param>
    /// <param name="distances">What is added to scores.</param>
    /// <param name="keyValueHeads">KV, a divisor of A; 0: A.</param>
    /// <param name="window">W: token i attends to the tokens j with |i − j| ≤ W; −1: to all.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void ApplyWithProbabilities<TDistances>(
        CrewCall crew, Rows qkv, TokenBatch batch, int heads, int headSize, float scale, Rows context, AttentionScratch scratch, IAttentionTap tap, TDistances distances,
        int keyValueHeads = 0, int window = -1)
        where TDistances : struct, IRelativePositions
    {
        ArgumentNullException.ThrowIfNull(batch);
        RunTapped(crew, qkv, batch.Offsets, batch.Positions, batch.SilentTokens, heads, keyValueHeads, headSize, scale, window, context, scratch, tap, distances);
    }

    private static void Run<TDistances>(
        CrewCall crew, Rows qkv, ReadOnlySpan<int> offsets, ReadOnlySpan<int> positions, ReadOnlySpan<int> silentTokens,
        int heads, int keyValueHeads, int headSize, float scale, int window, Rows context, AttentionScratch scratch, TDistances distances)
        where TDistances : struct, IRelativePositions
    {
        ArgumentNullException.ThrowIfNull(scratch);
        int longest = Longest(offsets, qkv.Count);
        var shape = AttentionShape.For(qkv, context, heads, keyValueHeads, headSize, scale, window, longest);
        distances.Check(heads, headSize);
        if (longest == 0) return;
        var cut = AttentionCut.For(longest, qkv.Count, shape, crew.MaxThreads, whole: typeof(TDistances) != typeof(NoRelativePositions));
        DistanceTable table = distances.Tabulate(scratch, offsets, positions);
        fixed (int* starts = offsets, places = positions, silent = silentTokens)
        {
            var memory = scratch.ForThreads(crew.MaxThreads, cut, headSize, distances.ScratchFor(longest, headSize, table));
            var kernel = new SelfAttentionKernel<TDistances>(qkv, starts, places, silent, shape, cut, context, memory, distances, table);
            bool worthSharing = (long)qkv.Count * cut.TileKeys * context.Columns >= 500_000;
            crew.Run(ref kernel, checked((offsets.Length - 1) * heads * cut.Items), worthSharing);
        }
    }

    private static void RunTapped<TDistances>(
        CrewCall crew, Rows qkv, ReadOnlySpan<int> offsets, ReadOnlySpan<int> positions, ReadOnlySpan<int> silentTokens,
        int heads, int keyValueHeads, int headSize, float scale, int window, Rows context, AttentionScratch scratch, IAttentionTap tap, TDistances distances)
        where TDistances : struct, IRelativePositions
    {
        ArgumentNullException.ThrowIfNull(scratch);
        ArgumentNullException.ThrowIfNull(tap);
        int longest = Longest(offsets, qkv.Count);
        var shape = AttentionShape.For(qkv, context, heads, keyValueHeads, headSize, scale, window, longest);
        distances.Check(heads, headSize);
        var cut = AttentionCut.For(longest, qkv.Count, shape, threads: 1, whole: true);
        DistanceTable table = distances.Tabulate(scratch, offsets, positions);
        fixed (int* starts = offsets, places = positions, silent = silentTokens)
        {
            for (int number = 0; number < (offsets.Length - 1) * heads; number++)
            {
                (int sequence, int head) = Math.DivRem(number, heads);
                var memory = scratch.ForThreads(threads: 1, cut, headSize, distances.ScratchFor(longest, headSize, table));
                Rows probabilities = scratch.Probabilities(offsets[sequence + 1] - offsets[sequence]);
                for (int part = 0; part < cut.Items; part++)
                {
                    var kernel = new SelfAttentionKernel<TDistances>(qkv, starts, places, silent, shape, cut, context, memory, distances, table)
                    {
                        First = checked((((sequence * cut.Items) + part) * heads) + head),
                        Probabilities = probabilities,
                    };
                    crew.Run(ref kernel, 1, worthSharing: false);
                }

                tap.Accept(sequence, head, probabilities);
            }
        }
    }

    // The length of the longest sequence; 0: there is none.
    private static int Longest(ReadOnlySpan<int> offsets, int tokens)
    {
        Shape.RequireOffsets(offsets, tokens, nameof(offsets));
        int longest = 0;
        for (int i = 1; i < offsets.Length; i++) longest = Math.Max(longest, offsets[i] - offsets[i - 1]);
        return longest;
    }
}
