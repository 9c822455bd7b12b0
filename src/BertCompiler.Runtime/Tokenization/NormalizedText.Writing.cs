namespace BertCompiler.Tokenization;

/// <content>Places of bytes that a step writes to <see cref="Room"/>, before it takes them up.</content>
public sealed partial class NormalizedText
{
    /// <summary>The bytes at <see cref="Length"/> + <paramref name="at"/> and following have the places of bytes of another text.</summary>
    internal void PutSpansFrom(NormalizedText source, int start, int count, int at)
    {
        ReadOnlySpan<int> starts = source._starts.AsSpan(start, count);
        ReadOnlySpan<int> ends = source._ends.AsSpan(start, count);
        Span<int> ownStarts = _starts.AsSpan(Length + at, count);
        Span<int> ownEnds = _ends.AsSpan(Length + at, count);
        for (int i = 0; i < starts.Length; i++)
        {
            ownStarts[i] = starts[i];
            ownEnds[i] = ends[i];
        }
    }

    /// <summary>Bytes as in <see cref="PutSpansFrom"/> all have the place of one byte.</summary>
    internal void PutSpanOf(NormalizedText source, int index, int count, int at)
    {
        (int start, int end) = (source._starts[index], source._ends[index]);
        for (int i = Length + at; i < Length + at + count; i++)
        {
            _starts[i] = start;
            _ends[i] = end;
        }
    }
}
