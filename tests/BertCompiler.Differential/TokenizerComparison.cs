using BertCompiler.Testing.Oracle;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Differential;

/// <summary>One tokenizer, opened on both sides.</summary>
internal sealed class TokenizerComparison : IDisposable
{
    /// <summary>Texts of one request: enough that the pipe costs little.</summary>
    private const int BatchTexts = 2000;

    private readonly HuggingFaceOracle _oracle;
    private readonly LoadedTokenizer _loaded;
    private readonly int _number;

    /// <param name="name">Folder of the tokenizer.</param>
    /// <param name="oracle">The library.</param>
    /// <exception cref="InvalidDataException">We refuse the tokenizer.</exception>
    public TokenizerComparison(string name, HuggingFaceOracle oracle)
    {
        Name = name;
        _oracle = oracle;
        string folder = GoldenFolders.Of(name);
        TokenizerReading reading = TokenizerReader.Read(folder, tableRows: null);
        _loaded = new(reading.Tokenizer ?? throw new InvalidDataException(string.Join('\n', reading.Problems)));
        _number = oracle.Open(Path.Combine(folder, "tokenizer.json"));
    }

    public string Name { get; }

    /// <summary>Tokens that the tokenizer knows, for texts that are made of them.</summary>
    public IReadOnlyList<string> Vocabulary => [.. _loaded.Description.Pieces.Select(p => p.Text).Where(t => t.Length > 0)];

    /// <summary>Texts of its added tokens.</summary>
    public IReadOnlyList<string> AddedTokens => [.. _loaded.Description.AddedTokens.Select(t => t.Text)];

    /// <summary>Encodes all texts on both sides at once, and compares; with <paramref name="decode"/> also what the ids decode to.</summary>
    /// <param name="kind">Kind of the texts, for the table.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="decode">Whether to decode the ids again.</param>
    /// <param name="progress">Told how many texts are done.</param>
    public Tally Run(string kind, IEnumerable<string> texts, bool decode = false, Action<long>? progress = null)
    {
        var tally = new Tally(Name, kind);
        foreach (string[] batch in texts.Chunk(BatchTexts))
        {
            Task<OracleEncoding[]> asked = Task.Run(() => _oracle.Encode(_number, batch));
            OracleEncoding[] ours = Array.ConvertAll(batch, Encode);
            OracleEncoding[] theirs = asked.GetAwaiter().GetResult();
            for (int i = 0; i < batch.Length; i++) Compare(tally, batch[i], ours[i], theirs[i]);
            if (decode) CompareDecoded(tally, batch, theirs);
            progress?.Invoke(tally.Texts);
        }

        return tally;
    }

    public void Dispose() => _loaded.Dispose();

    private OracleEncoding Encode(string text)
    {
        IReadOnlyList<Token> tokens = _loaded.Tokenizer.Encode(text).Tokens;
        var encoding = new OracleEncoding(new int[tokens.Count], new int[tokens.Count], new int[tokens.Count], new int[tokens.Count]);
        for (int i = 0; i < tokens.Count; i++)
        {
            Token token = tokens[i];
            encoding.Ids[i] = token.Id;
            encoding.Starts[i] = token.CodePoints.Start;
            encoding.Ends[i] = token.CodePoints.End;
            encoding.Words[i] = token.Word;
        }

        return encoding;
    }

    private void Compare(Tally tally, string text, OracleEncoding ours, OracleEncoding theirs)
    {
        tally.Texts++;
        tally.Tokens += theirs.Ids.Length;
        switch (Kind(ours, theirs))
        {
            case DifferenceKind.None: return;
            case DifferenceKind.Tie: tally.Ties++; return;
            case DifferenceKind.Ids: tally.Ids++; break;
            case DifferenceKind.Offsets: tally.Offsets++; break;
            case DifferenceKind.Words: tally.Words++; break;
        }

        if (!tally.HasRoom) return;
        string shortest = Shrinker.Shrink(text, Differs);
        tally.Keep(Of(shortest, Encode(shortest), _oracle.Encode(_number, [shortest])[0]));
    }

    private Difference Of(string text, OracleEncoding ours, OracleEncoding theirs) => new(Name, text, Kind(ours, theirs).ToString().ToLowerInvariant(), ours, theirs);

    private bool[] Differs(string[] texts)
        => [.. texts.Zip(_oracle.Encode(_number, texts), (text, theirs) => Kind(Encode(text), theirs) is not DifferenceKind.None and not DifferenceKind.Tie)];

    private DifferenceKind Kind(OracleEncoding ours, OracleEncoding theirs)
    {
        if (!ours.Ids.AsSpan().SequenceEqual(theirs.Ids)) return UnigramScores.IsTie(_loaded.Description, ours, theirs) ? DifferenceKind.Tie : DifferenceKind.Ids;
        if (!ours.Starts.AsSpan().SequenceEqual(theirs.Starts) || !ours.Ends.AsSpan().SequenceEqual(theirs.Ends)) return DifferenceKind.Offsets;
        return ours.Words.AsSpan().SequenceEqual(theirs.Words) ? DifferenceKind.None : DifferenceKind.Words;
    }

    private void CompareDecoded(Tally tally, string[] texts, OracleEncoding[] encodings)
    {
        int[][] ids = Array.ConvertAll(encodings, e => e.Ids);
        foreach (bool skip in (bool[])[false, true])
        {
            string[] theirs = _oracle.Decode(_number, ids, skip);
            for (int i = 0; i < ids.Length; i++)
            {
                if (_loaded.Tokenizer.Decode(ids[i], skip) == theirs[i]) continue;
                tally.Decoded++;
                if (tally.HasRoom) tally.Keep(DecodedDifference(texts[i], skip));
            }
        }
    }

    private Difference DecodedDifference(string text, bool skip)
    {
        string shortest = Shrinker.Shrink(text, texts =>
        {
            int[][] ids = Array.ConvertAll(_oracle.Encode(_number, texts), e => e.Ids);
            return [.. ids.Zip(_oracle.Decode(_number, ids, skip), (list, theirs) => _loaded.Tokenizer.Decode(list, skip) != theirs)];
        });
        OracleEncoding encoding = _oracle.Encode(_number, [shortest])[0];
        string what = skip ? "decoded texts without special tokens" : "decoded texts";
        return new(Name, shortest, what, encoding, encoding) { Decoded = (_loaded.Tokenizer.Decode(encoding.Ids, skip), _oracle.Decode(_number, [encoding.Ids], skip)[0]) };
    }
}
