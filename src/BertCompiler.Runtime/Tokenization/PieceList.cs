namespace BertCompiler.Tokenization;

/// <summary>What tokenizing one text gives, before special tokens are put round it. It is reused.</summary>
internal sealed class PieceList
{
    private int[] _ids = new int[256];
    private int[] _starts = [];
    private int[] _ends = [];
    private int[] _words = [];

    public int Count { get; private set; }

    /// <summary>Whether places and words are wanted, not only ids.</summary>
    public bool Tracks { get; private set; }

    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>First unit of each piece in the text; meaningful where <see cref="Tracks"/>.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Count);

    /// <summary>One behind the last unit.</summary>
    public ReadOnlySpan<int> Ends => _ends.AsSpan(0, Count);

    public ReadOnlySpan<int> Words => _words.AsSpan(0, Count);

    /// <summary>Whether <see cref="Texts"/> are wanted.</summary>
    public bool KeepsTexts { get; private set; }

    /// <summary>
    /// Texts of the pieces that do not read as their id's text, each with the index of its piece: added tokens that took white space along, and
    /// what an unknown token stands for.
    /// </summary>
    public List<KeyValuePair<int, string>> Texts { get; } = [];

    public void Reset(bool tracks, bool keepsTexts = false)
    {
        Count = 0;
        Tracks = tracks;
        KeepsTexts = keepsTexts;
        Texts.Clear();
        if (tracks) GrowTracks();
    }

    public void Add(int id, int start, int end, int word)
    {
        if (Count == _ids.Length) Grow();
        _ids[Count] = id;
        if (Tracks)
        {
            _starts[Count] = start;
            _ends[Count] = end;
            _words[Count] = word;
        }

        Count++;
    }

    /// <summary>Room for ids that are written by the caller, without places; <see cref="Advance"/> takes them up.</summary>
    public Span<int> Room(int count)
    {
        while (_ids.Length - Count < count) Grow();
        return _ids.AsSpan(Count, count);
    }

    /// <summary>Takes up ids that were written to <see cref="Room"/>.</summary>
    public void Advance(int count) => Count += count;

    /// <summary>Gives the piece that is added next a text of its own.</summary>
    public void AddText(string text) => Texts.Add(new(Count, text));

    /// <summary>Takes back all pieces from <paramref name="count"/> on.</summary>
    public void CutBack(int count) => Count = count;

    private void Grow()
    {
        Array.Resize(ref _ids, checked(_ids.Length * 2));
        if (Tracks) GrowTracks();
    }

    private void GrowTracks()
    {
        if (_starts.Length >= _ids.Length) return;
        Array.Resize(ref _starts, _ids.Length);
        Array.Resize(ref _ends, _ids.Length);
        Array.Resize(ref _words, _ids.Length);
    }
}
