using System.Text;
using BertCompiler.Weights;

namespace BertCompiler.Tokenization;

/// <summary>
/// Turns text into the token ids that Hugging Face tokenizers give for the same model, with each token's place in the original text.
/// </summary>
/// <remarks>
/// Safe for several threads at once. It reads the packed vocabulary where it lies; opening builds no dictionary and reads no JSON. Disposing of
/// it (or of the model that it belongs to) while calls run is safe: they end well, and later ones give an <see cref="ObjectDisposedException"/>.
/// </remarks>
public sealed partial class Tokenizer : IDisposable
{
    private readonly TokenizerTables _tables;
    private readonly TokenizerPipeline _pipeline;
    private readonly TextRunner<char, Utf16Units> _utf16;
    private readonly TokenDecoder _decoder;
    private readonly PackedMemory _memory;
    private readonly bool _ownsMemory;
    private readonly int _singleSpecials;
    private readonly int _pairSpecials;
    private readonly bool _singleHasTypes;
    private TextRunner<byte, Utf8Units>? _utf8;

    private Tokenizer(TokenizerPipeline pipeline, PackedMemory memory, bool ownsMemory)
    {
        _pipeline = pipeline;
        _memory = memory;
        _ownsMemory = ownsMemory;
        _tables = pipeline.Tables;
        _utf16 = new(pipeline);
        _decoder = new(pipeline);
        _singleSpecials = Specials(_tables.SingleTemplate);
        _pairSpecials = Specials(_tables.PairTemplate);
        foreach (TemplatePiece piece in _tables.SingleTemplate) _singleHasTypes |= piece.TypeId != 0;
    }

    /// <summary>V: one more than the greatest id.</summary>
    public int VocabularySize => _tables.IdCount;

    /// <summary>How words are cut into pieces.</summary>
    public TokenizerModelKind Model => _tables.Header.Model;

    /// <summary>
    /// At which end a text that is too long is cut, unless the caller says otherwise: <c>truncation_side</c> of tokenizer_config.json, else the
    /// direction in tokenizer.json. Nearly always <see cref="TextSide.Right"/>.
    /// </summary>
    public TextSide TruncationSide => (_tables.Header.Options & TokenizerOptions.TruncateLeft) != 0 ? TextSide.Left : TextSide.Right;

    /// <summary>Id of the token for what the vocabulary cannot spell, or −1.</summary>
    public int UnknownId => _tables.Header.UnknownId;

    /// <summary>Id of the token at the beginning ([CLS], &lt;s&gt;), or −1.</summary>
    public int ClsId => _tables.Header.ClsId;

    /// <summary>Id of the token at the end of each text ([SEP], &lt;/s&gt;), or −1.</summary>
    public int SepId => _tables.Header.SepId;

    /// <summary>Id of the token for a hidden word ([MASK], &lt;mask&gt;), or −1.</summary>
    public int MaskId => _tables.Header.MaskId;

    /// <summary>Id of the token that fills batches ([PAD], &lt;pad&gt;), or −1.</summary>
    public int PadId => _tables.Header.PadId;

    /// <summary>Opens the tokenizer in packed weights and takes them over: they are disposed of with it.</summary>
    /// <param name="weights">The packed weights.</param>
    /// <param name="pipeline">Makes the pipeline over the tables: generated code has it.</param>
    /// <exception cref="InvalidDataException">There is none, or it is damaged. Damage deeper inside shows, with the same exception, when it is met.</exception>
    /// <exception cref="ObjectDisposedException">The weights were disposed of.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Tokenizer Open(PackedWeights weights, Func<TokenizerTables, TokenizerPipeline> pipeline)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(pipeline);
        return Open(weights, pipeline, ownsMemory: true);
    }

    /// <summary>Opens the tokenizer of a model, which ends with the model's weights.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    internal static Tokenizer OpenShared(PackedWeights weights, Func<TokenizerTables, TokenizerPipeline> pipeline) => Open(weights, pipeline, ownsMemory: false);

    /// <summary>Opens a packed tokenizer section in memory of the caller's, which must outlive the calls on it.</summary>
    /// <param name="data">Address of the section.</param>
    /// <param name="length">Bytes that may be read there.</param>
    /// <param name="pipeline">Makes the pipeline over the section's tables.</param>
    /// <exception cref="InvalidDataException">The section is cut off, foreign, or of another version. Damage deeper inside shows, with the same exception, when it is met.</exception>
    internal static Tokenizer Open(nint data, long length, Func<TokenizerTables, TokenizerPipeline> pipeline) =>
        new(pipeline(new TokenizerTables(data, length)), new PackedMemory(), ownsMemory: true);

    /// <summary>
    /// Closes a tokenizer that was opened alone: new calls are refused, and the file is unmapped when the last running one has ended. The
    /// tokenizer of a model ends with the model; disposing of it does nothing.
    /// </summary>
    public void Dispose()
    {
        if (_ownsMemory) _memory.Dispose();
    }

    /// <summary>Special tokens that are put round one text, or a pair.</summary>
    public int SpecialTokenCount(bool pair) => pair ? _pairSpecials : _singleSpecials;

    /// <summary>Text of the token with that id, or null where there is none.</summary>
    /// <exception cref="ObjectDisposedException">The tokenizer or its model was disposed of.</exception>
    public string? TextOf(int id)
    {
        using MemoryUse use = Use();
        return _tables.HasText(id) ? _tables.StringOf(id) : null;
    }

    /// <summary>Id of a token, or null where no token reads so; added tokens count, and nothing is normalised.</summary>
    /// <param name="token">The token as the vocabulary writes it: "##ing", "Ġthe", "▁the".</param>
    public int? IdOf(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        using MemoryUse use = Use();
        byte[] text = Encoding.UTF8.GetBytes(token);
        int id = _tables.IdOf(text);
        if (id >= 0) return id;
        foreach (AddedTokenRecord added in _tables.AddedTokens)
        {
            if (_tables.TextOf(added.Id).SequenceEqual(text)) return added.Id;
        }

        return null;
    }

    /// <summary>Whether the id is that of an added token marked special, as [CLS] and [MASK] are.</summary>
    public bool IsSpecial(int id)
    {
        using MemoryUse use = Use();
        foreach (AddedTokenRecord added in _tables.AddedTokens)
        {
            if (added.Id == id) return (added.Flags & AddedTokenFlags.Special) != 0;
        }

        return false;
    }

    /// <summary>Encodes a text, or a pair of texts.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pair">The second text of a pair, or null.</param>
    /// <param name="options">How; null: <see cref="EncodeOptions.Default"/>.</param>
    /// <param name="cancellationToken">Stops the work on a long text.</param>
    /// <exception cref="TruncationException">It cannot be cut as asked.</exception>
    /// <exception cref="ObjectDisposedException">The tokenizer or its model was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public TokenEncoding Encode(string text, string? pair = null, EncodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        using MemoryUse use = Use();
        return Encode(Tokens(text, 0, cancellationToken), pair is null ? null : Tokens(pair, 1, cancellationToken), options ?? EncodeOptions.Default);
    }

    /// <summary>Encodes a text that is already split into words. Places are those in the word; the number of a word is its index.</summary>
    /// <param name="words">The words of the text.</param>
    /// <param name="pair">The words of the second text of a pair, or null.</param>
    /// <param name="options">How; null: <see cref="EncodeOptions.Default"/>.</param>
    /// <param name="cancellationToken">Stops the work on a long text.</param>
    /// <exception cref="TruncationException">It cannot be cut as asked.</exception>
    /// <exception cref="ObjectDisposedException">The tokenizer or its model was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public TokenEncoding EncodeWords(IReadOnlyList<string> words, IReadOnlyList<string>? pair = null, EncodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(words);
        using MemoryUse use = Use();
        return Encode(Tokens(words, 0, cancellationToken), pair is null ? null : Tokens(pair, 1, cancellationToken), options ?? EncodeOptions.Default);
    }

    /// <summary>Puts the text of ids together again, as Hugging Face tokenizers' <c>decode</c> does. Ids without token are passed over.</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="skipSpecialTokens">Whether to leave out added tokens that are marked special.</param>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = false)
    {
        using MemoryUse use = Use();
        return _decoder.Decode(ids, skipSpecialTokens);
    }

    private static Tokenizer Open(PackedWeights weights, Func<TokenizerTables, TokenizerPipeline> pipeline, bool ownsMemory)
    {
        try
        {
            using MemoryUse use = MemoryUse.Of(weights.Memory, weights);
            return new(pipeline(new TokenizerTables(weights.Tokenizer, weights.TokenizerBytes)), weights.Memory, ownsMemory);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>What every public method that looks into the tables begins with.</summary>
    private MemoryUse Use() => MemoryUse.Of(_memory, this);

    private static int Specials(ReadOnlySpan<TemplatePiece> template)
    {
        int count = 0;
        foreach (TemplatePiece piece in template) count += piece.IsText ? 0 : 1;
        return count;
    }

    private TokenEncoding Encode(TokenizedText first, TokenizedText? second, EncodeOptions options)
    {
        int specials = SpecialTokenCount(pair: second is not null);
        Range[][] windows = WindowPlan.Plan(first.Tokens.Length, second?.Tokens.Length, specials, options, options.TruncationSide ?? TruncationSide);
        ReadOnlySpan<TemplatePiece> template = second is null ? _tables.SingleTemplate : _tables.PairTemplate;
        TokenizedText[] texts = second is null ? [first] : [first, second];
        return new TemplateAssembler(template, _tables, texts, windows, options.AddSpecialTokens).Assemble();
    }

    private TokenizedText Tokens(IReadOnlyList<string> words, int sequence, CancellationToken cancellationToken)
    {
        var tokens = new List<Token>();
        var places = new CodePointIndex[words.Count];
        for (int w = 0; w < words.Count; w++)
        {
            places[w] = new(words[w]);
            AddTokens(words[w], sequence, w, places[w], tokens, cancellationToken);
        }

        return new([.. tokens], places);
    }

    private TokenizedText Tokens(string text, int sequence, CancellationToken cancellationToken)
    {
        var tokens = new List<Token>();
        CodePointIndex places = new(text);
        AddTokens(text, sequence, word: null, places, tokens, cancellationToken);
        return new([.. tokens], [places]);
    }

    private void AddTokens(string text, int sequence, int? word, CodePointIndex places, List<Token> tokens, CancellationToken cancellationToken)
    {
        TokenizerScratch scratch = TokenizerScratch.Rent(cancellationToken);
        PieceList pieces = scratch.Pieces;
        pieces.Reset(tracks: true, keepsTexts: true);
        _utf16.Run(text, int.MaxValue, scratch);
        tokens.EnsureCapacity(tokens.Count + pieces.Count);
        int nextText = 0;
        for (int i = 0; i < pieces.Count; i++)
        {
            if (i % TokenizerScratch.PiecesBetweenLooks == 0) cancellationToken.ThrowIfCancellationRequested();
            int id = pieces.Ids[i];
            bool own = nextText < pieces.Texts.Count && pieces.Texts[nextText].Key == i;
            string tokenText = own ? pieces.Texts[nextText++].Value : _tables.StringOf(id);
            TextSpan span = new(pieces.Starts[i], pieces.Ends[i]);
            tokens.Add(new(id, sequence, tokenText, span, places.ToCodePoints(span), word ?? pieces.Words[i], sequence, TokenKind.Text));
        }

        TokenizerScratch.Return(scratch);
    }
}
