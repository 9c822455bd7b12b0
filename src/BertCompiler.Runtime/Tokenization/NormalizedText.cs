namespace BertCompiler.Tokenization;

/// <summary>
/// A part of a text on its way through a tokenizer: UTF-8, and for each byte the span of the original text that it came from. The steps
/// of normalising work on it in place. It is reused.
/// </summary>
/// <remarks>All bytes of a code point have the same span. The content is always valid UTF-8.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class NormalizedText
{
    private byte[] _bytes = new byte[1024];
    private int[] _starts = [];
    private int[] _ends = [];
    private NormalizedText? _next;

    internal NormalizedText()
    {
    }

    /// <summary>Bytes of UTF-8.</summary>
    internal int Length { get; private set; }

    /// <summary>Whether places in the original are kept.</summary>
    internal bool Tracks { get; private set; }

    /// <summary>The text.</summary>
    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>The text, to be changed where the length of nothing changes: bytes of ASCII to other bytes of ASCII.</summary>
    internal Span<byte> WritableBytes => _bytes.AsSpan(0, Length);

    /// <summary>Memory that the steps share.</summary>
    internal StepScratch Scratch => field ??= new();

    /// <summary>An empty text with the same <see cref="Tracks"/>, for a step that writes all anew; <see cref="TakeNext"/> ends the step.</summary>
    internal NormalizedText Next()
    {
        if (_next is null)
        {
            _next = new();
            _next.GrowTo(this);
        }

        _next.Reset(Tracks);
        return _next;
    }

    /// <summary>What was written to <see cref="Next"/> takes the place of this text.</summary>
    internal void TakeNext()
    {
        NormalizedText next = _next!;
        (_bytes, next._bytes) = (next._bytes, _bytes);
        (_starts, next._starts) = (next._starts, _starts);
        (_ends, next._ends) = (next._ends, _ends);
        Length = next.Length;

        next.GrowTo(this);
    }

    /// <summary>Makes as much room as <paramref name="other"/> has, and no more: two texts that take turns and double each other would grow without end.</summary>
    internal void GrowTo(NormalizedText other)
    {
        if (_bytes.Length < other._bytes.Length) Resize(other._bytes.Length);
    }

    internal void Reset(bool tracks)
    {
        Length = 0;
        Tracks = tracks;
        if (tracks) GrowTracks();
    }

    /// <summary>Where the byte at <paramref name="index"/> begins in the original; −1 where nobody asked.</summary>
    internal int StartOf(int index) => Tracks ? _starts[index] : -1;

    /// <summary>Where the byte at <paramref name="index"/> ends in the original; −1 where nobody asked.</summary>
    internal int EndOf(int index) => Tracks ? _ends[index] : -1;

    internal void Append(byte value, int start, int end)
    {
        if (Length == _bytes.Length) Reserve(Length + 1);
        _bytes[Length] = value;
        if (Tracks)
        {
            _starts[Length] = start;
            _ends[Length] = end;
        }

        Length++;
    }

    /// <summary>Appends a code point; all of its bytes have its span.</summary>
    internal void AppendCodePoint(int codePoint, int start, int end)
    {
        if (codePoint < 0x80)
        {
            Append((byte)codePoint, start, end);
            return;
        }

        Reserve(Length + Utf8Bytes.Most);
        int count = Utf8Bytes.Write(codePoint, _bytes.AsSpan(Length));
        if (Tracks)
        {
            _starts.AsSpan(Length, count).Fill(start);
            _ends.AsSpan(Length, count).Fill(end);
        }

        Length += count;
    }

    /// <summary>Appends bytes that all have one span.</summary>
    internal void AppendBytes(ReadOnlySpan<byte> bytes, int start, int end)
    {
        Reserve(Length + bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        if (Tracks)
        {
            _starts.AsSpan(Length, bytes.Length).Fill(start);
            _ends.AsSpan(Length, bytes.Length).Fill(end);
        }

        Length += bytes.Length;
    }

    /// <summary>Appends bytes start … end−1 of another text with their places.</summary>
    internal void AppendFrom(NormalizedText source, int start, int end)
    {
        int count = end - start;
        Reserve(Length + count);
        source._bytes.AsSpan(start, count).CopyTo(_bytes.AsSpan(Length));
        if (Tracks)
        {
            source._starts.AsSpan(start, count).CopyTo(_starts.AsSpan(Length));
            source._ends.AsSpan(start, count).CopyTo(_ends.AsSpan(Length));
        }

        Length += count;
    }

    /// <summary>Keeps bytes start … end−1 only.</summary>
    internal void Keep(int start, int end)
    {
        Length = end - start;
        if (start == 0) return;
        _bytes.AsSpan(start, Length).CopyTo(_bytes);
        if (!Tracks) return;
        _starts.AsSpan(start, Length).CopyTo(_starts);
        _ends.AsSpan(start, Length).CopyTo(_ends);
    }

    /// <summary>Room for a part of the original that is written by the caller; <see cref="Advance"/> takes it up.</summary>
    internal Span<byte> Room(int count)
    {
        Reserve(Length + count);
        return _bytes.AsSpan(Length);
    }

    /// <summary>Takes up bytes that were written to <see cref="Room"/>; their spans are set with <see cref="SetSpan"/>.</summary>
    internal void Advance(int count) => Length += count;

    /// <summary>Sets the span of bytes from … to−1.</summary>
    internal void SetSpan(int from, int to, int start, int end)
    {
        _starts.AsSpan(from, to - from).Fill(start);
        _ends.AsSpan(from, to - from).Fill(end);
    }

    /// <summary>Bytes from … to−1 are one unit of the original each, the first of them at <paramref name="start"/>.</summary>
    internal void SetSpansOneByOne(int from, int to, int start)
    {
        for (int i = from; i < to; i++)
        {
            _starts[i] = start + i - from;
            _ends[i] = start + i - from + 1;
        }
    }

    private void Reserve(int size)
    {
        if (size <= _bytes.Length) return;
        Resize(Math.Max(size, checked(_bytes.Length * 2)));
    }

    private void Resize(int size)
    {
        Array.Resize(ref _bytes, size);
        if (Tracks) GrowTracks();

        // Both at once, so that memory has grown when it has grown, whichever of the two the longest text met.
        _next?.GrowTo(this);
    }

    private void GrowTracks()
    {
        if (_starts.Length >= _bytes.Length) return;
        Array.Resize(ref _starts, _bytes.Length);
        Array.Resize(ref _ends, _bytes.Length);
    }
}
