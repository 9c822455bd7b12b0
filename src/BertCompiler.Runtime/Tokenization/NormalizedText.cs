namespace BertCompiler.Tokenization;

/// <summary>Normalised text, and for each of its UTF-16 units the span of the original text that it came from. It is reused.</summary>
internal sealed class NormalizedText
{
    private char[] _characters = new char[1024];
    private int[] _starts = [];
    private int[] _ends = [];
    private bool _tracks;

    public int Length { get; private set; }

    public ReadOnlySpan<char> Characters => _characters.AsSpan(0, Length);

    public void Reset(bool tracks)
    {
        Length = 0;
        _tracks = tracks;
        if (tracks) GrowTracks();
    }

    /// <summary>Where the unit at <paramref name="index"/> begins in the original; −1 where nobody asked.</summary>
    public int StartOf(int index) => _tracks ? _starts[index] : -1;

    /// <summary>Where the unit at <paramref name="index"/> ends in the original; −1 where nobody asked.</summary>
    public int EndOf(int index) => _tracks ? _ends[index] : -1;

    public void Append(char character, int start, int end)
    {
        if (Length == _characters.Length) Grow();
        _characters[Length] = character;
        if (_tracks)
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

    private void Grow()
    {
        Array.Resize(ref _characters, checked(_characters.Length * 2));
        if (_tracks) GrowTracks();
    }

    private void GrowTracks()
    {
        if (_starts.Length >= _characters.Length) return;
        Array.Resize(ref _starts, _characters.Length);
        Array.Resize(ref _ends, _characters.Length);
    }
}
