namespace BertCompiler.Tokenization;

/// <summary>
/// Takes the delimiters of one piece in order and adds what it is split into to a list (Hugging Face tokenizers, tokenizer/normalizer.rs,
/// split). With <c>invert</c>, what lies between the delimiters counts as delimiter.
/// </summary>
internal ref struct DelimiterSplitter(SplitList output, SplitBehavior behavior, int start, bool invert = false)
{
    private readonly int _first = output.Count;
    private int _done = start;
    private int _waiting = -1;
    private bool _previous;

    /// <summary>The next delimiter.</summary>
    public void Delimiter(int start, int end)
    {
        if (_done < start) Take(_done, start, isDelimiter: invert);
        Take(start, end, isDelimiter: !invert);
        _done = end;
    }

    /// <summary>The piece ends at <paramref name="end"/>.</summary>
    public void End(int end)
    {
        if (_done < end) Take(_done, end, isDelimiter: invert);
        if (_waiting >= 0) output.Add(_waiting, end);
    }

    private void Take(int start, int end, bool isDelimiter)
    {
        bool any = output.Count > _first;
        switch (behavior)
        {
            case SplitBehavior.Removed when isDelimiter:
                break;
            case SplitBehavior.Contiguous when isDelimiter == _previous && any:
            case SplitBehavior.MergedWithPrevious when isDelimiter && !_previous && any:
                output.ExtendLast(end);
                break;
            case SplitBehavior.MergedWithNext:
                if (isDelimiter)
                {
                    if (_waiting >= 0) output.Add(_waiting, start);
                    _waiting = start;
                    break;
                }

                output.Add(_waiting >= 0 ? _waiting : start, end);
                _waiting = -1;
                break;
            default:
                output.Add(start, end);
                break;
        }

        _previous = isDelimiter;
    }
}
