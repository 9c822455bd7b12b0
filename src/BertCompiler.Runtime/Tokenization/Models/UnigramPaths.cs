namespace BertCompiler.Tokenization;

/// <summary>
/// For each place of a window of a word the best path that ends there. Places count from the window's beginning, which moves on where all
/// paths agree. It is reused.
/// </summary>
internal sealed class UnigramPaths
{
    private const int FirstLimit = 4096;

    private PathPlace[] _places = new PathPlace[256];
    private bool[] _isOpen = [];
    private int _reach;
    private int _limit;

    /// <summary>Places that belong to the word; what lies behind them is of an earlier one.</summary>
    private int _count;

    /// <summary>The places.</summary>
    public Span<PathPlace> Places => _places;

    /// <summary>Where a place further on should make the window move.</summary>
    public int Limit => _limit;

    /// <summary>Begins a word.</summary>
    /// <param name="length">Its bytes.</param>
    /// <param name="longest">The most bytes of a piece.</param>
    public void Begin(int length, int longest)
    {
        _reach = Math.Min(longest, length);
        _limit = length > FirstLimit ? FirstLimit : int.MaxValue;
        _count = (int)Math.Min(length, (long)_limit + Utf8Bytes.Most + longest) + 1;
        if (_places.Length < _count) _places = new PathPlace[Math.Max(_count, checked(_places.Length * 2))];
        foreach (ref PathPlace place in _places.AsSpan(0, _count)) place.Link = -1;
        _places[0].Score = 0;
    }

    /// <summary>Finds the last place that all paths to <paramref name="present"/> and behind it go through.</summary>
    public int Junction(int present)
    {
        if (_isOpen.Length < _places.Length) _isOpen = new bool[_places.Length];
        int open = 0;
        int last = (int)Math.Min((long)present + _reach, _count - 1);
        for (int place = present; place <= last; place++)
        {
            if (place > present && _places[place].Link < 0) continue;
            _isOpen[place] = true;
            open++;
        }

        int at = last;
        for (; open > 1; at--)
        {
            if (!_isOpen[at]) continue;
            _isOpen[at] = false;
            open--;
            int before = _places[at].Link;
            if (_isOpen[before]) continue;
            _isOpen[before] = true;
            open++;
        }

        while (!_isOpen[at]) at--;
        _isOpen[at] = false;
        return at;
    }

    /// <summary>Turns the links of the path to <paramref name="end"/> round, so that it can be read forward from the first place.</summary>
    public void TurnRound(int end)
    {
        for (int place = end, next = _places[end].Link; place > 0;)
        {
            if (next < 0 || next >= place) TokenizerTables.Fail("a word has no path");
            int before = _places[next].Link;
            _places[next].Link = place;
            (place, next) = (next, before);
        }
    }

    /// <summary>Moves the window's beginning to a place; paths that end behind it keep their sums.</summary>
    /// <param name="place">The place.</param>
    /// <param name="present">The place that has been reached.</param>
    public void MoveTo(int place, int present)
    {
        int kept = (int)Math.Min((long)present + _reach + 1, _count) - place;
        Span<PathPlace> places = _places;
        places.Slice(place, kept).CopyTo(places);
        foreach (ref PathPlace moved in places[1..kept])
        {
            if (moved.Link >= 0) moved.Link -= place;
        }

        // Where much is still open, the next search comes later.
        if (present - place > _limit / 2) _limit = checked(_limit * 2);
        _count = checked(_limit + Utf8Bytes.Most + _reach + 1);
        if (_places.Length < _count) Array.Resize(ref _places, _count);
        foreach (ref PathPlace rest in _places.AsSpan(kept.._count)) rest.Link = -1;
    }
}
