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

    /// <summary>Adds to the change of the code point written last; nothing where there is none.</summary>
    public void AddToLast(int change) => _change += change;

    /// <summary>Leaves the next old code point out.</summary>
    public void Drop()
    {
        if (_waits) _change--;
        else Pass(1);
    }

    public void End()
    {
        Flush();
        _waits = false;
    }

    private void Flush()
    {
        if (!_waits) return;
        int at = _change > 0 ? Math.Max(_cursor - 1, 0) : Math.Min(_cursor, _input.Length - 1);
        _output.AppendCodePoint(_codePoint, _input.StartOf(at), _input.EndOf(at));
        if (_change <= 0) Pass(1 - _change);
    }

    private void Pass(int codePoints)
    {
        if (!_input.Tracks) return;
        ReadOnlySpan<char> text = _input.Characters;
        for (; codePoints > 0 && _cursor < text.Length; codePoints--) _cursor += UnicodeTables.UnitsOf(UnicodeTables.CodePointAt(text, _cursor));
    }
}
