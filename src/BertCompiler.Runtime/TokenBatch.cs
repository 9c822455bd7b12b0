using System.Diagnostics.CodeAnalysis;

namespace BertCompiler;

/// <summary>
/// A ragged batch: B sequences laid one behind the other, T tokens in all, no padding. <see cref="Offsets"/> (often called
/// <c>cu_seqlens</c>) says where each begins. It is reused: <see cref="Clear"/> keeps the memory.
/// </summary>
/// <remarks>Not safe for several threads at once.</remarks>
public sealed class TokenBatch
{
    /// <summary>As many positions as most models have.</summary>
    private const int CountedRows = 512;

    /// <summary>0, 1, 2, …: positions are copied faster than counted.</summary>
    private static int[]? _count;

    private int[] _ids = new int[256];
    private int[] _typeIds = new int[256];
    private int[] _positions = new int[256];
    private int[] _taskTypeIds = new int[256];
    private int[] _offsets = new int[17];
    private bool[] _hasPositions = new bool[17];
    private int[] _counted = [];
    private int[] _silent = [];
    private bool _hasSilent;

    /// <summary>B: the number of sequences.</summary>
    public int Count { get; private set; }

    /// <summary>T: the number of tokens of all sequences together.</summary>
    public int TokenCount => _offsets[Count];

    /// <summary>Token ids, [T].</summary>
    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, TokenCount);

    /// <summary>Token type (segment) ids, [T].</summary>
    public ReadOnlySpan<int> TypeIds => _typeIds.AsSpan(0, TokenCount);

    /// <summary>Task type ids, [T], which ERNIE 2.0 reads; 0 unless given.</summary>
    public ReadOnlySpan<int> TaskTypeIds => _taskTypeIds.AsSpan(0, TokenCount);

    /// <summary>Row of the position table that each token takes, [T]; counted from 0 in each sequence unless given.</summary>
    public ReadOnlySpan<int> Positions => _positions.AsSpan(0, TokenCount);

    /// <summary>
    /// Row of the position table that each token takes, [T], as RoBERTa counts: <paramref name="padTokenId"/> plus the number of tokens of the
    /// sequence so far, itself included, that are not the pad token; a pad token takes the row <paramref name="padTokenId"/>. Sequences that
    /// were added with positions keep those (transformers, <c>create_position_ids_from_input_ids</c>).
    /// </summary>
    /// <param name="padTokenId">The pad token.</param>
    public ReadOnlySpan<int> PositionsAfter(int padTokenId)
    {
        if (_counted.Length < TokenCount) _counted = new int[_ids.Length];
        for (int b = 0; b < Count; b++)
        {
            int last = padTokenId;
            for (int t = _offsets[b]; t < _offsets[b + 1]; t++)
            {
                bool isPadding = _ids[t] == padTokenId;
                if (!isPadding) last++;
                _counted[t] = _hasPositions[b] ? _positions[t] : isPadding ? padTokenId : last;
            }
        }

        return _counted.AsSpan(0, TokenCount);
    }

    /// <summary>Where each sequence begins, [B+1]: sequence b holds the tokens Offsets[b] … Offsets[b+1]−1.</summary>
    public ReadOnlySpan<int> Offsets => _offsets.AsSpan(0, Count + 1);

    /// <summary>Number of tokens of sequence <paramref name="index"/>.</summary>
    public int LengthOf(int index) => _offsets[index + 1] - _offsets[index];

    /// <summary>For people: <c>3 sequences, 42 tokens</c>.</summary>
    public override string ToString() => $"{Printed.Count(Count, "sequence")}, {Printed.Count(TokenCount, "token")}";

    /// <summary>Forgets all sequences and keeps the memory.</summary>
    public void Clear() => (Count, _hasSilent) = (0, false);

    /// <summary>Appends one sequence.</summary>
    /// <param name="ids">Token ids, [n], n ≥ 1.</param>
    /// <param name="typeIds">Token type ids, [n]; empty: all 0.</param>
    /// <param name="positions">Position rows, [n]; empty: 0 … n−1.</param>
    /// <param name="taskTypeIds">Task type ids, [n]; empty: all 0.</param>
    /// <exception cref="ArgumentException">No token, or lengths that differ.</exception>
    public void Add(
        ReadOnlySpan<int> ids, ReadOnlySpan<int> typeIds = default, ReadOnlySpan<int> positions = default, ReadOnlySpan<int> taskTypeIds = default)
    {
        if (ids.IsEmpty) Throw("a sequence needs at least one token", nameof(ids));
        if (!typeIds.IsEmpty && typeIds.Length != ids.Length) Throw($"{typeIds.Length} type ids for {ids.Length} ids", nameof(typeIds));
        if (!positions.IsEmpty && positions.Length != ids.Length) Throw($"{positions.Length} positions for {ids.Length} ids", nameof(positions));
        if (!taskTypeIds.IsEmpty && taskTypeIds.Length != ids.Length) Throw($"{taskTypeIds.Length} task type ids for {ids.Length} ids", nameof(taskTypeIds));
        Span<int> newIds = Reserve(ids.Length, out Span<int> types);
        ids.CopyTo(newIds);
        if (!typeIds.IsEmpty) typeIds.CopyTo(types);
        if (!taskTypeIds.IsEmpty) taskTypeIds.CopyTo(_taskTypeIds.AsSpan(TokenCount - ids.Length));
        if (positions.IsEmpty) return;
        positions.CopyTo(_positions.AsSpan(TokenCount - ids.Length));
        _hasPositions[Count - 1] = true;
    }

    /// <summary>Appends a sequence whose ids are written by the caller; its types and task types are 0, its positions 0 … n−1.</summary>
    /// <param name="length">n ≥ 1.</param>
    /// <param name="types">Token type ids, [n], to be changed where they are not 0.</param>
    /// <returns>Token ids, [n].</returns>
    internal Span<int> Reserve(int length, out Span<int> types)
    {
        int index = ReserveAll([length]);
        return Begin(index, out types);
    }

    /// <summary>Appends sequences; each is then to be begun with <see cref="Begin"/>, on any thread.</summary>
    /// <param name="lengths">Tokens of each, ≥ 1.</param>
    /// <returns>Number of the first of them.</returns>
    internal int ReserveAll(ReadOnlySpan<int> lengths)
    {
        int first = Count;
        int end = TokenCount;
        foreach (int length in lengths) end = checked(end + length);
        Grow(end, lengths.Length);
        foreach (int length in lengths)
        {
            _hasPositions[Count] = false;
            _offsets[Count + 1] = _offsets[Count] + length;
            Count++;
        }

        if (_hasSilent)
        {
            if (_silent.Length < Count) Array.Resize(ref _silent, _offsets.Length);
            _silent.AsSpan(first, lengths.Length).Clear();
        }

        return first;
    }

    /// <summary>Sets the types and task types of a sequence to 0 and its positions to 0 … n−1; its ids are written by the caller.</summary>
    internal Span<int> Begin(int index, out Span<int> types)
    {
        int start = _offsets[index];
        int length = LengthOf(index);
        types = _typeIds.AsSpan(start, length);
        types.Clear();
        _taskTypeIds.AsSpan(start, length).Clear();
        Span<int> rows = _positions.AsSpan(start, length);
        int[] counted = _count ??= [.. Enumerable.Range(0, CountedRows)];
        int copied = Math.Min(length, CountedRows);
        counted.AsSpan(0, copied).CopyTo(rows);
        for (int i = copied; i < length; i++) rows[i] = i;
        return _ids.AsSpan(start, length);
    }

    /// <summary>
    /// For each sequence the number of tokens at its beginning that attend and are not attended to, [B]; empty: none anywhere. Padding on the
    /// left is that in Hugging Face, whose pooled results come from the first token even if it is padding.
    /// </summary>
    internal ReadOnlySpan<int> SilentTokens => _hasSilent ? _silent.AsSpan(0, Count) : [];

    /// <summary>Makes the first <paramref name="count"/> tokens of the last sequence silent.</summary>
    internal void SilenceFirst(int count)
    {
        if (_silent.Length < Count) Array.Resize(ref _silent, _offsets.Length);
        if (!_hasSilent) Array.Clear(_silent);
        _hasSilent = true;
        _silent[Count - 1] = count;
    }

    /// <summary>
    /// Takes over the sequences of another batch. A run works on a copy: the caller's batch may be changed by another thread, and a kernel
    /// that saw two different lengths would write outside its memory.
    /// </summary>
    /// <exception cref="InvalidOperationException">The other batch is being changed right now.</exception>
    internal void CopyFrom(TokenBatch other)
    {
        Clear();
        int count = other.Count;
        int[] offsets = other._offsets;
        if (count >= offsets.Length) ThrowChanged();
        ReadOnlySpan<int> starts = offsets.AsSpan(0, count + 1);
        int tokens = starts[^1];
        (int[] ids, int[] typeIds, int[] positions, int[] taskTypeIds) = (other._ids, other._typeIds, other._positions, other._taskTypeIds);
        (bool[] hasPositions, int[] silent, bool hasSilent) = (other._hasPositions, other._silent, other._hasSilent);
        int least = Math.Min(Math.Min(ids.Length, typeIds.Length), Math.Min(positions.Length, taskTypeIds.Length));
        if (tokens < count || tokens > least || hasPositions.Length < count || (hasSilent && silent.Length < count)) ThrowChanged();
        Grow(tokens, count);
        starts.CopyTo(_offsets);
        for (int b = 0; b < count; b++)
        {
            if (_offsets[b] >= _offsets[b + 1]) ThrowChanged();
        }

        if (_offsets[0] != 0 || _offsets[count] != tokens) ThrowChanged();
        ids.AsSpan(0, tokens).CopyTo(_ids);
        typeIds.AsSpan(0, tokens).CopyTo(_typeIds);
        positions.AsSpan(0, tokens).CopyTo(_positions);
        taskTypeIds.AsSpan(0, tokens).CopyTo(_taskTypeIds);
        hasPositions.AsSpan(0, count).CopyTo(_hasPositions);
        if (hasSilent)
        {
            if (_silent.Length < count) Array.Resize(ref _silent, _offsets.Length);
            silent.AsSpan(0, count).CopyTo(_silent);
        }

        (Count, _hasSilent) = (count, hasSilent);
    }

    private void Grow(int tokens, int sequences)
    {
        if (tokens > _ids.Length)
        {
            int size = Math.Max(tokens, checked(_ids.Length * 2));
            Array.Resize(ref _ids, size);
            Array.Resize(ref _typeIds, size);
            Array.Resize(ref _positions, size);
            Array.Resize(ref _taskTypeIds, size);
        }

        int needed = checked(Count + sequences + 1);
        if (needed > _offsets.Length)
        {
            int size = Math.Max(needed, checked(_offsets.Length * 2));
            Array.Resize(ref _offsets, size);
            Array.Resize(ref _hasPositions, size);
        }
    }

    [DoesNotReturn]
    private static void ThrowChanged() => throw new InvalidOperationException("the batch is being changed by another thread: a batch belongs to one thread at a time");

    [DoesNotReturn]
    private static void Throw(string message, string argument) => throw new ArgumentException(message, argument);
}
