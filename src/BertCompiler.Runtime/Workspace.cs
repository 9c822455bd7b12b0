using BertCompiler.Kernels;

namespace BertCompiler;

/// <summary>The memory of one run of a model: activations by slot, and the batch. Reused from run to run; grows to the largest.</summary>
/// <remarks>Belongs to one call at a time.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Workspace : IDisposable
{
    private readonly List<NativeBuffer> _slots = [];
    private char[] _text = [];
    private int[] _everyToken = [];

    /// <summary>The threads that this run's kernels share, and what cancels it.</summary>
    public CrewCall Crew { get; internal set; }

    /// <summary>Scratch of self-attention.</summary>
    public AttentionScratch Attention { get; } = new();

    /// <summary>All tokens of the run's batch, 0 … T−1, for results that are computed at chosen tokens only.</summary>
    public ReadOnlySpan<int> EveryToken
    {
        get
        {
            int count = Batch.TokenCount;
            if (_everyToken.Length < count) _everyToken = [.. Enumerable.Range(0, Math.Max(count, 2 * _everyToken.Length))];
            return _everyToken.AsSpan(0, count);
        }
    }

    /// <summary>The batch that tokenizers fill.</summary>
    internal TokenBatch Batch { get; } = new();

    /// <summary>
    /// Makes room for <paramref name="count"/> rows in each slot before any is handed out: memory that grows moves, and what was handed out
    /// before would be void.
    /// </summary>
    /// <param name="count">The most rows that will be asked for.</param>
    /// <param name="columns">For each slot, the most columns that will be asked for; 0: the slot stays as it is.</param>
    public void Reserve(int count, params ReadOnlySpan<int> columns)
    {
        for (int slot = 0; slot < columns.Length; slot++)
        {
            if (columns[slot] > 0) Rows(slot, count, columns[slot]);
        }
    }

    /// <summary>The memory of slot <paramref name="slot"/> as <paramref name="count"/> rows of <paramref name="columns"/> floats.</summary>
    public Rows Rows(int slot, int count, int columns)
    {
        while (_slots.Count <= slot) _slots.Add(new NativeBuffer());
        return _slots[slot].Rows(count, columns);
    }

    /// <summary>One text behind another, in memory that the next call takes again.</summary>
    internal ReadOnlySpan<char> Join(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        int length = checked(first.Length + second.Length);
        if (_text.Length < length) _text = new char[Math.Max(length, 256)];
        first.CopyTo(_text);
        second.CopyTo(_text.AsSpan(first.Length));
        return _text.AsSpan(0, length);
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        foreach (NativeBuffer buffer in _slots) buffer.Dispose();
        Attention.Dispose();
    }
}
