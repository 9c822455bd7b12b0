namespace BertCompiler.Tokenization;

/// <summary>
/// Turns text into the token ids that Hugging Face tokenizers give for the same model, with each token's place in the original text.
/// </summary>
/// <remarks>
/// Safe for several threads at once. It reads the packed vocabulary where it lies: that memory must stay mapped and unchanged as long as the
/// tokenizer is used. Opening builds no dictionary and reads no JSON.
/// </remarks>
public sealed class Tokenizer
{
    private readonly TokenizerSectionView _section;
    private readonly TextPipeline _pipeline;
    private readonly TokenDecoder _decoder;
    private readonly VocabularyTable _vocabulary;
    private readonly int _singleSpecials;
    private readonly int _pairSpecials;
    private readonly bool _singleHasTypes;

    private Tokenizer(TokenizerSectionView section)
    {
        _section = section;
        _pipeline = new(section);
        _decoder = new(section);
        _vocabulary = new(section);
        _singleSpecials = Specials(section.SingleTemplate);
        _pairSpecials = Specials(section.PairTemplate);
        foreach (TemplatePiece piece in section.SingleTemplate) _singleHasTypes |= piece.TypeId != 0;
    }

    /// <summary>V: one more than the greatest id.</summary>
    public int VocabularySize => _section.IdCount;

    /// <summary>How words are cut into pieces.</summary>
    public TokenizerModelKind Model => _section.Header.Model;

    /// <summary>Id of the token for what the vocabulary cannot spell, or −1.</summary>
    public int UnknownId => _section.Header.UnknownId;

    /// <summary>Id of the token at the beginning ([CLS], &lt;s&gt;), or −1.</summary>
    public int ClsId => _section.Header.ClsId;

    /// <summary>Id of the token at the end of each text ([SEP], &lt;/s&gt;), or −1.</summary>
    public int SepId => _section.Header.SepId;

    /// <summary>Id of the token for a hidden word ([MASK], &lt;mask&gt;), or −1.</summary>
    public int MaskId => _section.Header.MaskId;

    /// <summary>Id of the token that fills batches ([PAD], &lt;pad&gt;), or −1.</summary>
    public int PadId => _section.Header.PadId;

    /// <summary>Opens a packed tokenizer section.</summary>
    /// <param name="data">Address of the section.</param>
    /// <param name="length">Bytes that may be read there.</param>
    /// <exception cref="InvalidDataException">The section is cut off, foreign, or of another version. Damage deeper inside shows, with the same exception, when it is met.</exception>
    public static Tokenizer Open(nint data, long length) => new(new TokenizerSectionView(data, length));

    /// <summary>Special tokens that are put round one text, or a pair.</summary>
    public int SpecialTokenCount(bool pair) => pair ? _pairSpecials : _singleSpecials;

    /// <summary>Text of the token with that id, or null where there is none.</summary>
    public string? TextOf(int id) => _section.HasText(id) ? _section.TextOf(id).ToString() : null;

    /// <summary>Id of a token, or null where no token reads so; added tokens count, and nothing is normalised.</summary>
    /// <param name="token">The token as the vocabulary writes it: "##ing", "Ġthe", "▁the".</param>
    public int? IdOf(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        int id = _vocabulary.IdOf(token);
        if (id >= 0) return id;
        foreach (AddedTokenRecord added in _section.AddedTokens)
        {
            if (_section.TextOf(added.Id).SequenceEqual(token)) return added.Id;
        }

        return null;
    }

    /// <summary>Whether the id is that of an added token marked special, as [CLS] and [MASK] are.</summary>
    public bool IsSpecial(int id)
    {
        foreach (AddedTokenRecord added in _section.AddedTokens)
        {
            if (added.Id == id) return (added.Flags & AddedTokenFlags.Special) != 0;
        }

        return false;
    }

    /// <summary>
    /// Appends one text with its special tokens to a batch, cut on the right to <paramref name="maxTokens"/>. Allocates nothing once the
    /// memory of thread and batch has grown, and does not read far beyond what it keeps.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="maxTokens">The most tokens, special tokens counted.</param>
    /// <param name="batch">Takes the sequence.</param>
    /// <returns>Whether something was cut off.</returns>
    /// <exception cref="ArgumentException">There is no token at all: the text has none, and the tokenizer puts none round it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The special tokens alone are more than <paramref name="maxTokens"/>.</exception>
    public bool Append(ReadOnlySpan<char> text, int maxTokens, TokenBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, _singleSpecials);
        int room = maxTokens - _singleSpecials;
        TokenizerScratch scratch = TokenizerScratch.Rent();
        _pipeline.Run(text, room, tracks: false, scratch);
        bool cut = scratch.Pieces.Count > room;
        int kept = Math.Min(scratch.Pieces.Count, room);
        int total = kept + _singleSpecials;
        if (total == 0) throw new ArgumentException("the text has no token, and this tokenizer puts none round it", nameof(text));
        Span<int> ids = scratch.Ids(_singleHasTypes ? total * 2 : total);
        Span<int> types = _singleHasTypes ? ids[total..] : [];
        int at = 0;
        foreach (TemplatePiece piece in _section.SingleTemplate)
        {
            int count = piece.IsText ? kept : 1;
            if (piece.IsText) scratch.Pieces.Ids[..kept].CopyTo(ids[at..]);
            else ids[at] = piece.Id;
            if (_singleHasTypes) types.Slice(at, count).Fill(piece.TypeId);
            at += count;
        }

        batch.Add(ids[..total], types);
        TokenizerScratch.Return(scratch);
        return cut;
    }

    /// <summary>Encodes a text, or a pair of texts.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pair">The second text of a pair, or null.</param>
    /// <param name="options">How; null: <see cref="EncodeOptions.Default"/>.</param>
    /// <exception cref="TruncationException">It cannot be cut as asked.</exception>
    public TokenEncoding Encode(string text, string? pair = null, EncodeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Encode(Tokens(text, 0), pair is null ? null : Tokens(pair, 1), options ?? EncodeOptions.Default);
    }

    /// <summary>Encodes a text that is already split into words. Places are those in the word; the number of a word is its index.</summary>
    /// <param name="words">The words of the text.</param>
    /// <param name="pair">The words of the second text of a pair, or null.</param>
    /// <param name="options">How; null: <see cref="EncodeOptions.Default"/>.</param>
    /// <exception cref="TruncationException">It cannot be cut as asked.</exception>
    public TokenEncoding EncodeWords(IReadOnlyList<string> words, IReadOnlyList<string>? pair = null, EncodeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(words);
        return Encode(Tokens(words, 0), pair is null ? null : Tokens(pair, 1), options ?? EncodeOptions.Default);
    }

    /// <summary>Puts the text of ids together again, as Hugging Face tokenizers' <c>decode</c> does. Ids without token are passed over.</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="skipSpecialTokens">Whether to leave out added tokens that are marked special.</param>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = false) => _decoder.Decode(ids, skipSpecialTokens);

    private static int Specials(ReadOnlySpan<TemplatePiece> template)
    {
        int count = 0;
        foreach (TemplatePiece piece in template) count += piece.IsText ? 0 : 1;
        return count;
    }

    private TokenEncoding Encode(TokenizedText first, TokenizedText? second, EncodeOptions options)
    {
        int specials = SpecialTokenCount(pair: second is not null);
        Range[][] windows = WindowPlan.Plan(first.Tokens.Length, second?.Tokens.Length, specials, options);
        ReadOnlySpan<TemplatePiece> template = second is null ? _section.SingleTemplate : _section.PairTemplate;
        TokenizedText[] texts = second is null ? [first] : [first, second];
        return new TemplateAssembler(template, _section, texts, windows, options.AddSpecialTokens).Assemble();
    }

    private TokenizedText Tokens(IReadOnlyList<string> words, int sequence)
    {
        var tokens = new List<Token>();
        var places = new CodePointIndex[words.Count];
        for (int w = 0; w < words.Count; w++)
        {
            places[w] = new(words[w]);
            AddTokens(words[w], sequence, w, places[w], tokens);
        }

        return new([.. tokens], places);
    }

    private TokenizedText Tokens(string text, int sequence)
    {
        var tokens = new List<Token>();
        CodePointIndex places = new(text);
        AddTokens(text, sequence, word: null, places, tokens);
        return new([.. tokens], [places]);
    }

    private void AddTokens(string text, int sequence, int? word, CodePointIndex places, List<Token> tokens)
    {
        TokenizerScratch scratch = TokenizerScratch.Rent();
        _pipeline.Run(text, int.MaxValue, tracks: true, scratch);
        PieceList pieces = scratch.Pieces;
        tokens.EnsureCapacity(tokens.Count + pieces.Count);
        int nextText = 0;
        for (int i = 0; i < pieces.Count; i++)
        {
            int id = pieces.Ids[i];
            bool own = nextText < pieces.Texts.Count && pieces.Texts[nextText].Key == i;
            string tokenText = own ? pieces.Texts[nextText++].Value : _section.TextOf(id).ToString();
            TextSpan span = new(pieces.Starts[i], pieces.Ends[i]);
            tokens.Add(new(id, sequence, tokenText, span, places.ToCodePoints(span), word ?? pieces.Words[i], sequence, TokenKind.Text));
        }

        TokenizerScratch.Return(scratch);
    }
}
