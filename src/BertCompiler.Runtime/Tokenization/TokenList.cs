namespace BertCompiler.Tokenization;

/// <summary>
/// The tokens of one text, T of them, as plain numbers: what <see cref="Tokenizer.Encode(ReadOnlySpan{char}, TokenList, bool)"/> fills. It
/// keeps its memory for the next text, so that encoding allocates nothing once it has grown.
/// </summary>
/// <remarks>Not safe for several threads at once.</remarks>
public sealed class TokenList
{
    private int[] _ids = [];
    private int[] _starts = [];
    private int[] _ends = [];
    private int[] _words = [];

    /// <summary>T: the number of tokens.</summary>
    public int Count { get; private set; }

    /// <summary>Token ids, [T].</summary>
    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>Where each token begins in the text, [T], in units of the span that was encoded: char or byte; 0 for a token of the template.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Count);

    /// <summary>One behind the last unit of each token, [T]; 0 for a token of the template.</summary>
    public ReadOnlySpan<int> Ends => _ends.AsSpan(0, Count);

    /// <summary>Number of the word that each token belongs to, [T], counted from 0; −1 for a token of the template.</summary>
    public ReadOnlySpan<int> Words => _words.AsSpan(0, Count);

    /// <summary>For people: <c>4 tokens: 101 2129 22507 102</c>.</summary>
    public override string ToString() => $"{Printed.Count(Count, "token")}: {Printed.First(_ids[..Count], 8, " ")}";

    /// <summary>Forgets what is there and makes room.</summary>
    internal void Begin(int count)
    {
        Count = 0;
        if (_ids.Length >= count) return;
        int size = Math.Max(count, _ids.Length * 2);
        (_ids, _starts, _ends, _words) = (new int[size], new int[size], new int[size], new int[size]);
    }

    internal void Add(int id, TextSpan span, int word)
    {
        _ids[Count] = id;
        _starts[Count] = span.Start;
        _ends[Count] = span.End;
        _words[Count++] = word;
    }
}
