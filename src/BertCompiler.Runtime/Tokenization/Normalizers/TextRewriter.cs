namespace BertCompiler.Tokenization;

/// <summary>
/// Changes a text at some places: what lies between them is copied in one go, and where nothing changes nothing is copied at all.
/// </summary>
internal ref struct TextRewriter(NormalizedText text)
{
    private NormalizedText? _output;
    private int _done;

    /// <summary>Copies all up to <paramref name="at"/>. What stands there instead is to be appended to the result.</summary>
    public NormalizedText CopyTo(int at)
    {
        _output ??= text.Next();
        if (at > _done) _output.AppendFrom(text, _done, at);
        _done = at;
        return _output;
    }

    /// <summary>Goes on at <paramref name="at"/>, leaving out what lies before it.</summary>
    public void SkipTo(int at) => _done = at;

    /// <summary>Copies all up to <paramref name="start"/> and leaves bytes start … end−1 out; see <see cref="CopyTo"/>.</summary>
    public NormalizedText Replace(int start, int end)
    {
        NormalizedText output = CopyTo(start);
        _done = end;
        return output;
    }

    /// <summary>Copies the rest; the new text takes the place of the old one.</summary>
    public void End()
    {
        if (_output is null) return;
        CopyTo(text.Length);
        text.TakeNext();
    }
}
