namespace BertCompiler.Tokenization;

/// <summary>
/// Puts a template round the windows of a text or a pair. It holds no reference to packed memory, so it may work later than the tokenizer
/// that made it.
/// </summary>
internal sealed class TemplateAssembler
{
    private readonly Part[] _parts;
    private readonly TokenizedText[] _texts;
    private readonly Range[][] _windows;
    private readonly TokenizerOptions _options;
    private readonly bool _typesFromTemplate;

    /// <param name="template">Special tokens and texts in order.</param>
    /// <param name="section">Gives the texts of special tokens.</param>
    /// <param name="texts">The tokens of each text.</param>
    /// <param name="windows">The windows of each text.</param>
    /// <param name="addSpecialTokens">Whether the template's special tokens are wanted.</param>
    public TemplateAssembler(
        ReadOnlySpan<TemplatePiece> template, TokenizerTables section, TokenizedText[] texts, Range[][] windows, bool addSpecialTokens)
    {
        var parts = new List<Part>();
        foreach (TemplatePiece piece in template)
        {
            if (piece.IsText) parts.Add(new(null, piece.Id == TemplatePiece.First ? 0 : 1, piece.TypeId));
            else if (addSpecialTokens)
            {
                Token special = new(piece.Id, piece.TypeId, section.StringOf(piece.Id), default, default, -1, -1, TokenKind.Special);
                parts.Add(new(special, -1, piece.TypeId));
            }
        }

        _parts = [.. parts];
        _texts = texts;
        _windows = windows;
        _options = section.Header.Options;
        _typesFromTemplate = addSpecialTokens && (_options & TokenizerOptions.OverflowTypesFromTemplate) != 0;
    }

    /// <summary>The first window of each text in the template, and the others where they are asked for.</summary>
    public TokenEncoding Assemble()
    {
        var kept = new List<Token>();
        foreach (Part part in _parts) kept.AddRange(part.Special is { } special ? [special] : Window(part, 0));
        bool truncated = Array.Exists(_windows, w => w.Length > 1);
        return new([.. kept], truncated, truncated ? Overflow : null);
    }

    /// <summary>
    /// Goes through the template and keeps one list for what is kept and one for each combination of windows that overflow; in that order of
    /// combinations Hugging Face tokenizers merge encodings (tokenizer/encoding.rs).
    /// </summary>
    private IReadOnlyList<TokenEncoding> Overflow()
    {
        Token[] kept = [];
        List<Token[]> overflow = [];
        foreach (Part part in _parts)
        {
            Token[][] choices = Choices(part);
            List<Token[]> next = [];
            foreach (Token[] before in overflow)
            {
                foreach (Token[] choice in choices) next.Add([.. before, .. choice]);
            }

            foreach (Token[] choice in choices[1..]) next.Add([.. kept, .. choice]);
            overflow = next;
            kept = [.. kept, .. choices[0]];
        }

        return overflow.ConvertAll(o => new TokenEncoding(o, isTruncated: false, overflow: null));
    }

    private Token[][] Choices(Part part)
    {
        if (part.Special is { } special) return [[special]];
        var choices = new Token[_windows[part.Sequence].Length][];
        for (int w = 0; w < choices.Length; w++) choices[w] = Window(part, w);
        return choices;
    }

    private Token[] Window(Part part, int window)
    {
        int type = window == 0 || _typesFromTemplate ? part.TypeId : part.Sequence;
        TokenizedText text = _texts[part.Sequence];
        Token[] tokens = text.Tokens[_windows[part.Sequence][window]];
        for (int i = 0; i < tokens.Length; i++) tokens[i] = OffsetTrimmer.Trim(_options, tokens[i] with { TypeId = type }, i, text.PlacesOf(tokens[i]));
        return tokens;
    }

    /// <summary>A special token, or the text number <paramref name="Sequence"/>.</summary>
    private readonly record struct Part(Token? Special, int Sequence, int TypeId);
}
