namespace BertCompiler.Tool.Tokenizers;

/// <summary>A vocabulary while it is read: token ↔ id, each once, every id below the rows of the word table.</summary>
internal sealed class Vocabulary(int? tableRows)
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _texts = [];
    private Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Parts => _ids.GetAlternateLookup<ReadOnlySpan<char>>();

    public List<VocabularyPiece> Pieces { get; } = [];

    /// <summary>Rows of the word table, where known.</summary>
    public int? TableRows => tableRows;

    public bool Contains(string text) => _ids.ContainsKey(text);

    /// <summary>Id of a token, or −1.</summary>
    public int IdOf(string text) => _ids.GetValueOrDefault(text, -1);

    /// <summary>Id of a token that is a part of a text, or −1.</summary>
    public int IdOf(ReadOnlySpan<char> text) => Parts.TryGetValue(text, out int id) ? id : -1;

    /// <summary>Token of an id, or null.</summary>
    public string? TextOf(int id) => _texts.GetValueOrDefault(id);

    /// <summary>Takes a token in, or says why not.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public string? TryAdd(string text, long id, int count)
    {
        if (OutOfRange(text, id, count) is { } range) return range;
        if (_ids.TryGetValue(text, out int other)) return $"'{text}' stands twice, with the ids {other} and {id}";
        if (_texts.TryGetValue((int)id, out string? owner)) return $"'{owner}' and '{text}' have one id, {id}";
        _ids.Add(text, (int)id);
        _texts.Add((int)id, text);
        Pieces.Add(new(text, (int)id));
        return null;
    }

    /// <summary>Why a token cannot be, or null. Without a word table to hold it against, ids may leave gaps, but not wide ones.</summary>
    public string? OutOfRange(string text, long id, int count)
    {
        // Hugging Face's own reader refuses such a file: no text in UTF-8 has it.
        if (!PackedTexts.IsText(text)) return $"'{text}', id {id}, holds half of a surrogate pair";
        if (tableRows is { } rows) return id < rows ? null : $"'{text}' has the id {id}, and the word table has {rows} rows (vocab_size in config.json)";
        long most = (4L * count) + 65536;
        return id < most ? null : $"'{text}' has the id {id}, though there are only {count} tokens";
    }
}
