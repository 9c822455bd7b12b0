namespace BertCompiler.Tokenization;

/// <summary>The texts of tokens while they are decoded; each step is named as in tokenizer.json, and they are joined at the end.</summary>
public sealed class TokenTexts
{
    private readonly List<string> _texts;

    internal TokenTexts(List<string> texts) => _texts = texts;

    // Steps: WordPiece(string prefix, bool cleanUp), ByteLevel(), Metaspace(char replacement, bool prepended), Bpe(string suffix),
    // Replace(string text, string content), ByteFallback(), Fuse(), Strip(char character, int atStart, int atEnd), JoinBySpaces().

    /// <summary>All of them joined.</summary>
    internal string Joined() => string.Concat(_texts);
}
