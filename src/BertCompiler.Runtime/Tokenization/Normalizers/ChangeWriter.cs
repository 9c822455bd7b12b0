namespace BertCompiler.Tokenization;

/// <summary>
/// Writes a text that replaces another one, code point by code point, and finds the place of each in the original, as Hugging Face
/// tokenizers do (tokenizer/normalizer.rs, transform): a change ≤ 0 takes the place of the next old code point and passes over −change
/// more; a change of 1 takes the place of the last old one again.
/// </summary>
internal sealed class ChangeWriter
{
    private NormalizedText _input = null!;
    private NormalizedText _output = null!;
    private int _cursor;
    private int _codePoint;
    private int _change;
    private bool _waits;

    public void Begin(NormalizedText input, NormalizedText output)
    {
        (_input, _output) = (input, output);
        _cursor = 0;
        _waits = false;
    }

    /// <summary>Writes a code point.</summary>
    public void Write(int codePoint, int change)
    {
        if (!_input.Tracks)
        {
            _output.AppendCodePoint(codePoint, 0, 0);
            return;
        }

        Flush();
        (_codePoint, _change, _waits) = (codePoint, change, true);
    }

    /// <summary>Writes the old bytes start … end−1 as they are: each code point with no change.</summary>
    public void Keep(int start, int end)
    {
        if (start == end) return;
        if (!_input.Tracks)
        {
            _output.AppendFrom(_input, start, end);
            return;
        }

        Flush();
        ReadOnlySpan<byte> text = _input.Bytes;
        int last = Utf8Text.CodePointBefore(text[..end], end, out int length);
        if (_cursor == start)
        {
            // The last one waits: a change may yet be added to it.
            _cursor = end - length;
            _output.AppendFrom(_input, start, _cursor);
            (_codePoint, _change, _waits) = (last, 0, true);
            return;
        }

        for (; start < end; start += length) Write(Utf8Text.CodePointAt(text, start, out length), 0);
    }

    /// <summary>Adds to the change of the code point written last; nothing where there is none.</summary>
    public void AddToLast(int change) => _change += change;

    public void End() => Flush();

    private void Flush()
    {
        if (!_waits) return;
        int at = _change > 0 ? Math.Max(_cursor - 1, 0) : Math.Min(_cursor, _input.Length - 1);
        _output.AppendCodePoint(_codePoint, _input.StartOf(at), _input.EndOf(at));
        _waits = false;
        ReadOnlySpan<byte> text = _input.Bytes;
        for (int left = 1 - _change; left > 0 && _cursor < text.Length; left--)
        {
            Utf8Text.CodePointAt(text, _cursor, out int length);
            _cursor += length;
        }
    }
}
