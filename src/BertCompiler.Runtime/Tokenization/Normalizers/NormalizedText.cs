namespace BertCompiler.Tokenization;

/// <summary>Normalised text, and for each of its UTF-16 units the span of the original text that it came from. It is reused.</summary>
internal sealed class NormalizedText
{
    /// <summary>The bits that all halves of surrogate pairs share.</summary>
    private const int Surrogates = 0xD800;
    private const int SurrogateMask = 0xF800;

    private char[] _characters = new char[1024];
    private int[] _starts = [];
    private int[] _ends = [];

    public int Length { get; private set; }

    /// <summary>Whether places in the original are kept.</summary>
    public bool Tracks { get; private set; }

    public ReadOnlySpan<char> Characters => _characters.AsSpan(0, Length);

    public void Reset(bool tracks)
    {
        Length = 0;
        Tracks = tracks;
        if (tracks) GrowTracks();
    }

    /// <summary>Where the unit at <paramref name="index"/> begins in the original; −1 where nobody asked.</summary>
    public int StartOf(int index) => Tracks ? _starts[index] : -1;

    /// <summary>Where the unit at <paramref name="index"/> ends in the original; −1 where nobody asked.</summary>
    public int EndOf(int index) => Tracks ? _ends[index] : -1;

    public void Append(char character, int start, int end)
    {
        if (Length == _characters.Length) Grow();
        _characters[Length] = character;
        if (Tracks)
        {
            _starts[Length] = start;
            _ends[Length] = end;
        }

        Length++;
    }

    /// <summary>Appends a code point; both halves of a pair have its span.</summary>
    public void AppendCodePoint(int codePoint, int start, int end)
    {
        if (codePoint < 0x10000)
        {
            Append((char)codePoint, start, end);
            return;
        }

        Append((char)(0xD800 + ((codePoint - 0x10000) >> 10)), start, end);
        Append((char)(0xDC00 + ((codePoint - 0x10000) & 0x3FF)), start, end);
    }

    /// <summary>
    /// Makes as much room as <paramref name="other"/> has: of two texts that take turns, both have grown when one has, however often they
    /// took turns.
    /// </summary>
    public void GrowTo(NormalizedText other)
    {
        while (_characters.Length < other._characters.Length) Grow();
    }

    /// <summary>Appends a part of the original text as it is; what is no text, half of a surrogate pair, becomes U+FFFD.</summary>
    public void AppendOriginal(ReadOnlySpan<char> text, int from, int to)
    {
        while (_characters.Length < Length + (to - from)) Grow();
        Span<char> copy = _characters.AsSpan(Length, to - from);
        text[from..to].CopyTo(copy);
        bool pairs = false;
        foreach (char c in copy) pairs |= (c & SurrogateMask) == Surrogates;
        if (pairs) ReplaceLoneSurrogates(copy);
        if (Tracks)
        {
            for (int i = from; i < to; i++)
            {
                _starts[Length + i - from] = i;
                _ends[Length + i - from] = i + 1;
            }

            if (pairs) JoinPairs(copy, Length);
        }

        Length += to - from;
    }

    /// <summary>Appends units start … end−1 of another text with their places.</summary>
    public void AppendFrom(NormalizedText source, int start, int end)
    {
        int count = end - start;
        while (_characters.Length < Length + count) Grow();
        source._characters.AsSpan(start, count).CopyTo(_characters.AsSpan(Length));
        if (Tracks)
        {
            source._starts.AsSpan(start, count).CopyTo(_starts.AsSpan(Length));
            source._ends.AsSpan(start, count).CopyTo(_ends.AsSpan(Length));
        }

        Length += count;
    }

    /// <summary>Reads the places as places in <paramref name="input"/> and replaces them by what those stand for.</summary>
    public void ComposeSpans(NormalizedText input)
    {
        if (!Tracks) return;
        for (int i = 0; i < Length; i++)
        {
            int start = _starts[i];
            int end = _ends[i];
            _starts[i] = input._starts[start];
            _ends[i] = input._ends[end - 1];
        }
    }

    private static void ReplaceLoneSurrogates(Span<char> text)
    {
        for (int i = 0; i < text.Length;)
        {
            int codePoint = UnicodeTables.CodePointAt(text, i);
            if (codePoint == UnicodeTables.Replacement) text[i] = (char)UnicodeTables.Replacement;
            i += UnicodeTables.UnitsOf(codePoint);
        }
    }

    private void JoinPairs(ReadOnlySpan<char> text, int at)
    {
        for (int i = 0; i + 1 < text.Length; i++)
        {
            if (!char.IsHighSurrogate(text[i])) continue;
            _ends[at + i] = _ends[at + i + 1];
            _starts[at + i + 1] = _starts[at + i];
        }
    }

    private void Grow()
    {
        Array.Resize(ref _characters, checked(_characters.Length * 2));
        if (Tracks) GrowTracks();
    }

    private void GrowTracks()
    {
        if (_starts.Length >= _characters.Length) return;
        Array.Resize(ref _starts, _characters.Length);
        Array.Resize(ref _ends, _characters.Length);
    }
}
