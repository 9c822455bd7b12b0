namespace BertCompiler.Tokenization;

/// <summary>
/// The texts of tokens while they are decoded (Hugging Face tokenizers, decoders). Each step is named as in tokenizer.json; at the end they
/// are joined.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TokenTexts
{
    private List<string> _texts;

    internal TokenTexts(List<string> texts) => _texts = texts;

    /// <summary>Puts a space before each token but those that continue a word (decoders/wordpiece.rs).</summary>
    /// <param name="prefix">Begins a token that continues a word, and goes.</param>
    /// <param name="cleanUp">Whether the spaces before punctuation and in contractions go.</param>
    public void WordPiece(string prefix, bool cleanUp) => WordPieceDecoder.Apply(_texts, prefix, cleanUp);

    /// <summary>Letters back to the bytes that they stand for, and all of them together to text (pre_tokenizers/byte_level.rs).</summary>
    public void ByteLevel() => _texts = [ByteLevelDecoder.Decode(_texts)];

    /// <summary>A visible character back to a space (pre_tokenizers/metaspace.rs).</summary>
    /// <param name="replacement">The character.</param>
    /// <param name="prepended">Whether one was put before the first word: those of the first token go.</param>
    public void Metaspace(char replacement, bool prepended)
    {
        string mark = replacement.ToString();
        for (int i = 0; i < _texts.Count; i++) _texts[i] = _texts[i].Replace(mark, i == 0 && prepended ? "" : " ", StringComparison.Ordinal);
    }

    /// <summary>The mark of a word's end becomes a space, and at the end of the text nothing (decoders/bpe.rs).</summary>
    /// <param name="suffix">The mark; not empty.</param>
    public void Bpe(string suffix)
    {
        ArgumentException.ThrowIfNullOrEmpty(suffix);
        for (int i = 0; i < _texts.Count; i++) _texts[i] = _texts[i].Replace(suffix, i == _texts.Count - 1 ? "" : " ", StringComparison.Ordinal);
    }

    /// <summary>Replaces a text in every token (normalizers/replace.rs).</summary>
    /// <param name="text">What is replaced; not empty.</param>
    /// <param name="content">What stands there instead.</param>
    public void Replace(string text, string content)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        for (int i = 0; i < _texts.Count; i++) _texts[i] = _texts[i].Replace(text, content, StringComparison.Ordinal);
    }

    /// <summary>Tokens of bytes, such as &lt;0x0A&gt;, back to text; in a run that is not UTF-8, each is U+FFFD (decoders/byte_fallback.rs).</summary>
    public void ByteFallback() => _texts = ByteFallbackDecoder.Decode(_texts);

    /// <summary>Makes one token of all (decoders/fuse.rs).</summary>
    public void Fuse() => _texts = [Joined()];

    /// <summary>Takes a character away at the ends of each token (decoders/strip.rs).</summary>
    /// <param name="character">The character.</param>
    /// <param name="atStart">At most so many at the start.</param>
    /// <param name="atEnd">At most so many at the end.</param>
    public void Strip(char character, int atStart, int atEnd)
    {
        for (int i = 0; i < _texts.Count; i++)
        {
            string token = _texts[i];
            int start = 0;
            while (start < atStart && start < token.Length && token[start] == character) start++;
            int end = token.Length;
            while (token.Length - end < atEnd && end > start && token[end - 1] == character) end--;
            _texts[i] = token[start..end];
        }
    }

    /// <summary>One text of all, with a space between two.</summary>
    public void JoinBySpaces() => _texts = [string.Join(' ', _texts)];

    /// <summary>All of them joined.</summary>
    internal string Joined() => string.Concat(_texts);
}
