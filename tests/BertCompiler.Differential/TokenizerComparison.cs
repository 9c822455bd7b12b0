using BertCompiler.Testing.Oracle;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Compilation;
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
    private readonly HashSet<int> _decodedOtherwise;

    private readonly OurEncoder _ours;

    private TokenizerComparison(string name, LoadedTokenizer loaded, HuggingFaceOracle oracle)
    {
        Name = name;
        _oracle = oracle;
        _loaded = loaded;
        _ours = new(loaded.Tokenizer);
        _number = oracle.Open(Path.Combine(GoldenFolders.Of(name), "tokenizer.json"));
        _decodedOtherwise = [.. loaded.Description.AddedTokens.Where(t => (t.Flags & AddedTokenFlags.Normalized) != 0).Select(t => t.Id)];
    }

    public string Name { get; }

    /// <summary>Opens a tokenizer as its description says, step by step.</summary>
    /// <param name="name">Folder of the tokenizer.</param>
    /// <param name="oracle">The library.</param>
    /// <exception cref="InvalidDataException">We refuse the tokenizer.</exception>
    public static TokenizerComparison Described(string name, HuggingFaceOracle oracle) => new(name, new LoadedTokenizer(Describe(name)), oracle);

    /// <summary>Opens a tokenizer as generated code, compiled as a build would.</summary>
    /// <param name="name">Folder of the tokenizer.</param>
    /// <param name="oracle">The library.</param>
    /// <param name="cache">Keeps what was compiled.</param>
    /// <exception cref="InvalidDataException">We refuse the tokenizer.</exception>
    public static TokenizerComparison Compiled(string name, HuggingFaceOracle oracle, ModelCache cache)
        => new(name, new LoadedTokenizer(Describe(name), cache.GetTokenizer(GoldenFolders.Of(name)).Load()), oracle);

    /// <summary>Tokens that the tokenizer knows, for texts that are made of them.</summary>
    public IReadOnlyList<string> Vocabulary => [.. _loaded.Description.Pieces.Select(p => p.Text).Where(t => t.Length > 0)];

    /// <summary>Texts of its added tokens.</summary>
    public IReadOnlyList<string> AddedTokens => [.. _loaded.Description.AddedTokens.Select(t => t.Text)];

    /// <summary>
    /// Encodes all texts on both sides at once, and compares; with <paramref name="decode"/> also what the ids decode to.
    /// </summary>
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
            OracleEncoding[][] ours = Array.ConvertAll(batch, _ours.Encode);
            OracleEncoding[] theirs = asked.GetAwaiter().GetResult();
            for (int i = 0; i < batch.Length; i++) Compare(tally, batch[i], ours[i], theirs[i]);
            if (decode) CompareDecoded(tally, batch, theirs);
            progress?.Invoke(tally.Texts);
        }

        return tally;
    }

    public void Dispose() => _loaded.Dispose();

    private static TokenizerDescription Describe(string name)
    {
        TokenizerReading reading = TokenizerReader.Read(GoldenFolders.Of(name), tableRows: null);
        return reading.Tokenizer ?? throw new InvalidDataException(string.Join('\n', reading.Problems));
    }

    private void Compare(Tally tally, string text, OracleEncoding[] ours, OracleEncoding theirs)
    {
        tally.Texts++;
        tally.Tokens += theirs.Ids.Length;
        switch (Kind(ours, theirs, out _))
        {
            case DifferenceKind.None: return;
            case DifferenceKind.Tie: tally.Ties++; return;
            case DifferenceKind.Ids: tally.Ids++; break;
            case DifferenceKind.Offsets: tally.Offsets++; break;
            case DifferenceKind.Words: tally.Words++; break;
        }

        if (!tally.HasRoom) return;
        string shortest = Shrinker.Shrink(text, Differs);
        OracleEncoding[] encodings = _ours.Encode(shortest);
        OracleEncoding expected = _oracle.Encode(_number, [shortest])[0];
        DifferenceKind kind = Kind(encodings, expected, out int way);
        tally.Keep(new(Name, shortest, $"{kind.ToString().ToLowerInvariant()} ({OurEncoder.Ways[way]})", encodings[way], expected));
    }

    private bool[] Differs(string[] texts)
        => [.. texts.Zip(_oracle.Encode(_number, texts), (text, theirs) => Kind(_ours.Encode(text), theirs, out _) is not DifferenceKind.None and not DifferenceKind.Tie)];

    /// <summary>The gravest difference of all ways.</summary>
    private DifferenceKind Kind(OracleEncoding[] ours, OracleEncoding theirs, out int way)
    {
        way = 0;
        var worst = DifferenceKind.None;
        for (int i = 0; i < ours.Length; i++)
        {
            DifferenceKind kind = Kind(ours[i], theirs);
            if (kind <= worst) continue;
            (worst, way) = (kind, i);
        }

        return worst;
    }

    private DifferenceKind Kind(OracleEncoding ours, OracleEncoding theirs)
    {
        if (!ours.Ids.AsSpan().SequenceEqual(theirs.Ids)) return UnigramScores.IsTie(_loaded.Description, ours, theirs) ? DifferenceKind.Tie : DifferenceKind.Ids;
        if (!ours.Starts.AsSpan().SequenceEqual(theirs.Starts) || !ours.Ends.AsSpan().SequenceEqual(theirs.Ends)) return DifferenceKind.Offsets;
        return ours.Words.AsSpan().SequenceEqual(theirs.Words) ? DifferenceKind.None : DifferenceKind.Words;
    }

    private void CompareDecoded(Tally tally, string[] texts, OracleEncoding[] encodings)
    {
        // Version 0.23 writes an added token that is looked for in normalised text in its normal form, as we do; 0.22 writes it as it stands.
        int[][] ids = Array.ConvertAll(encodings, e => Array.FindAll(e.Ids, id => !_decodedOtherwise.Contains(id)));
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
            int[][] ids = Array.ConvertAll(_oracle.Encode(_number, texts), e => Array.FindAll(e.Ids, id => !_decodedOtherwise.Contains(id)));
            return [.. ids.Zip(_oracle.Decode(_number, ids, skip), (list, theirs) => _loaded.Tokenizer.Decode(list, skip) != theirs)];
        });
        OracleEncoding encoding = _oracle.Encode(_number, [shortest])[0];
        string what = skip ? "decoded texts without special tokens" : "decoded texts";
        return new(Name, shortest, what, encoding, encoding) { Decoded = (_loaded.Tokenizer.Decode(encoding.Ids, skip), _oracle.Decode(_number, [encoding.Ids], skip)[0]) };
    }
}
