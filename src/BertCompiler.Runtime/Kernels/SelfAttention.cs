namespace BertCompiler.Kernels;

/// <summary>
/// Scaled dot-product self-attention (Vaswani et al. 2017, §3.2), each sequence and head by itself:
/// <code>
/// Sᵢⱼ = scale·Σ_d Qᵢ_d·Kⱼ_d,  Eᵢⱼ = exp(Sᵢⱼ − maxⱼ Sᵢⱼ),  Zᵢ = Σⱼ Eᵢⱼ,  contextᵢ = (Σⱼ Eᵢⱼ·Vⱼ)/Zᵢ,  Pᵢⱼ = Eᵢⱼ/Zᵢ
/// </code>
/// Both products accumulate in index order with fused multiply-add (<see cref="MatrixTile"/>); max and Z run in 16 lanes in a fixed tree.
/// Where distances count, an <see cref="IRelativePositions"/> adds to S. Dividing after the second product saves a pass over the scores. Error against float64: about (D + n)·2⁻²⁴ relative to Σ|E·V|/Z.
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
        Run(crew, qkv, offsets, default, default, heads, headSize, scale, context, scratch, default(NoRelativePositions));

    /// <summary>Attention of every sequence of a batch over itself.</summary>
    /// <param name="crew">The threads.</param>
    /// <param name="qkv">Q|K|V side by side, [T,3H].</param>
    /// <param name="batch">The sequences.</param>
    /// <param name="heads">A.</param>
    /// <param name="headSize">D.</param>
    /// <param name="scale">Multiplies the scores: 1/√D, or 1 where that is in the weights of Q.</param>
    /// <param name="context">[T,H]; must not overlap <paramref name="qkv"/>.</param>
    /// <param name="scratch">Memory to work in.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void Apply(
        CrewCall crew, Rows qkv, TokenBatch batch, int heads, int headSize, float scale, Rows context, AttentionScratch scratch) =>
        Apply(crew, qkv, batch, heads, headSize, scale, context, scratch, default(NoRelativePositions));

    /// <summary>Attention whose scores know the distance between tokens.</summary>
    /// <typeparam name="TDistances">What is added to scores.</typeparam>
    /// <param name="crew">The threads.</param>
    /// <param name="qkv">Q|K|V side by side, [T,3H].</param>
    /// <param name="batch">The sequences, and where their tokens stand.</param>
    /// <param name="heads">A.</param>
    /// <param name="headSize">D.</param>
    /// <param name="scale">Multiplies the scores: 1/√D, or 1 where that is in the weights of Q.</param>
    /// <param name="context">[T,H]; must not overlap <paramref name="qkv"/>.</param>
    /// <param name="scratch">Memory to work in.</param>
    /// <param name="distances">What is added to scores.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void Apply<TDistances>(
        CrewCall crew, Rows qkv, TokenBatch batch, int heads, int headSize, float scale, Rows context, AttentionScratch scratch, TDistances distances)
        where TDistances : struct, IRelativePositions
    {
        ArgumentNullException.ThrowIfNull(batch);
        Run(crew, qkv, batch.Offsets, batch.Positions, batch.SilentTokens, heads, headSize, scale, context, scratch, distances);
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
        RunTapped(crew, qkv, offsets, default, default, heads, headSize, scale, context, scratch, tap, default(NoRelativePositions));

    /// <summary>The same for a batch.</summary>
    /// <param name="crew">The threads; the work is done on this one.</param>
    /// <param name="qkv">Q|K|V side by side, [T,3H].</param>
    /// <param name="batch">The sequences.</param>
    /// <param name="heads">A.</param>
    /// <param name="headSize">D.</param>
    /// <param name="scale">Multiplies the scores: 1/√D, or 1 where that is in the weights of Q.</param>
    /// <param name="context">[T,H]; must not overlap <paramref name="qkv"/>.</param>
    /// <param name="scratch">Memory to work in.</param>
    /// <param name="tap">Called on this thread, once for each sequence and head, in order.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void ApplyWithProbabilities(
        CrewCall crew, Rows qkv, TokenBatch batch, int heads, int headSize, float scale, Rows context, AttentionScratch scratch, IAttentionTap tap) =>
        ApplyWithProbabilities(crew, qkv, batch, heads, headSize, scale, context, scratch, tap, default(NoRelativePositions));

    /// <summary>The same with distances.</summary>
    /// <typeparam name="TDistances">What is added to scores.</typeparam>
    /// <param name="crew">The threads; the work is done on this one.</param>
    /// <param name="qkv">Q|K|V side by side, [T,3H].</param>
    /// <param name="batch">The sequences, and where their tokens stand.</param>
    /// <param name="heads">A.</param>
    /// <param name="headSize">D.</param>
    /// <param name="scale">Multiplies the scores: 1/√D, or 1 where that is in the weights of Q.</param>
    /// <param name="context">[T,H]; must not overlap <paramref name="qkv"/>.</param>
    /// <param name="scratch">Memory to work in.</param>
    /// <param name="tap">Called on this thread, once for each sequence and head, in order.</param>
    /// <param name="distances">What is added to scores.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void ApplyWithProbabilities<TDistances>(
        CrewCall crew, Rows qkv, TokenBatch batch, int heads, int headSize, float scale, Rows context, AttentionScratch scratch, IAttentionTap tap, TDistances distances)
        where TDistances : struct, IRelativePositions
    {
        ArgumentNullException.ThrowIfNull(batch);
        RunTapped(crew, qkv, batch.Offsets, batch.Positions, batch.SilentTokens, heads, headSize, scale, context, scratch, tap, distances);
    }

    private static void Run<TDistances>(
        CrewCall crew, Rows qkv, ReadOnlySpan<int> offsets, ReadOnlySpan<int> positions, ReadOnlySpan<int> silentTokens, int heads, int headSize, float scale, Rows context, AttentionScratch scratch, TDistances distances)
        where TDistances : struct, IRelativePositions
    {
        int longest = Check(crew, qkv, offsets, heads, headSize, context, scratch);
        distances.Check(heads, headSize);
        if (longest == 0) return;
        fixed (int* starts = offsets, places = positions, silent = silentTokens)
        {
            var memory = scratch.ForThreads(crew.MaxThreads, longest, headSize, distances.ScratchFor(longest));
            var kernel = new SelfAttentionKernel<TDistances>(qkv, starts, places, silent, heads, headSize, scale, context, memory, distances);
            bool worthSharing = (long)qkv.Count * longest * context.Columns >= 500_000;
            crew.Run(ref kernel, (offsets.Length - 1) * heads, worthSharing);
        }
    }

    private static void RunTapped<TDistances>(
        CrewCall crew, Rows qkv, ReadOnlySpan<int> offsets, ReadOnlySpan<int> positions, ReadOnlySpan<int> silentTokens, int heads, int headSize, float scale, Rows context, AttentionScratch scratch, IAttentionTap tap, TDistances distances)
        where TDistances : struct, IRelativePositions
    {
        ArgumentNullException.ThrowIfNull(tap);
        int longest = Check(crew, qkv, offsets, heads, headSize, context, scratch);
        distances.Check(heads, headSize);
        fixed (int* starts = offsets, places = positions, silent = silentTokens)
        {
            for (int sequence = 0; sequence + 1 < offsets.Length; sequence++)
            {
                int length = offsets[sequence + 1] - offsets[sequence];
                for (int head = 0; head < heads; head++)
                {
                    var memory = scratch.ForThreads(crew.MaxThreads, longest, headSize, distances.ScratchFor(longest));
                    Rows probabilities = scratch.Probabilities(length);
                    var kernel = new SelfAttentionKernel<TDistances>(qkv, starts, places, silent, heads, headSize, scale, context, memory, distances)
                    {
                        First = (sequence * heads) + head,
                        Probabilities = probabilities,
                    };
                    crew.Run(ref kernel, 1, worthSharing: false);
                    tap.Accept(sequence, head, probabilities);
                }
            }
        }
    }

    // Returns the length of the longest sequence; 0: there is nothing to do.
    private static int Check(CrewCall crew, Rows qkv, ReadOnlySpan<int> offsets, int heads, int headSize, Rows context, AttentionScratch scratch)
    {
        ArgumentNullException.ThrowIfNull(scratch);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(headSize, 1);
        int hidden = checked(heads * headSize);
        Shape.Require(qkv, qkv.Count, checked(3 * hidden), nameof(qkv));
        Shape.Require(context, qkv.Count, hidden, nameof(context));
        Shape.RequireOffsets(offsets, qkv.Count, nameof(offsets));
        int longest = 0;
        for (int i = 1; i < offsets.Length; i++) longest = Math.Max(longest, offsets[i] - offsets[i - 1]);
        return longest;
    }
}
