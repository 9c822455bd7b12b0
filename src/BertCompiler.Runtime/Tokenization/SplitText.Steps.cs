namespace BertCompiler.Tokenization;

/// <content>The steps of splitting that generated pipelines call, each named as in tokenizer.json; they split every piece further.</content>
public sealed partial class SplitText
{
    /// <summary>At white space, which goes; each punctuation character is a word (BertPreTokenizer).</summary>
    public void BertWords() => BertPreTokenizer.Apply(this);

    /// <summary>At white space, which goes (WhitespaceSplit).</summary>
    public void WhitespaceSplit() => SetPreTokenizer.ApplyWhiteSpace(this);

    /// <summary>Runs of word characters and runs of other characters; white space goes (Whitespace: <c>\w+|[^\w\s]+</c>).</summary>
    public void Whitespace() => WhitespacePreTokenizer.Apply(this);

    /// <summary>At punctuation characters.</summary>
    public void Punctuation(SplitBehavior behavior) => SetPreTokenizer.ApplyPunctuation(this, behavior);

    /// <summary>At numeric characters, each alone or in runs.</summary>
    public void Digits(bool individualDigits) => SetPreTokenizer.ApplyDigits(this, individualDigits ? SplitBehavior.Isolated : SplitBehavior.Contiguous);

    /// <summary>Writes spaces as a visible character, puts one before a piece that has none, and splits before each.</summary>
    public void Metaspace(char replacement, PrependScheme prepend, bool split) => MetaspacePreTokenizer.Apply(this, replacement, prepend, split);

    /// <summary>GPT-2's splitting, where <paramref name="split"/>, and each byte of UTF-8 as a visible letter.</summary>
    public void ByteLevel(bool addPrefixSpace, bool split) => ByteLevelPreTokenizer.Apply(this, addPrefixSpace, split);

    /// <summary>At what a pattern finds; inverted: what lies between counts as delimiter.</summary>
    public void Split(TextPattern pattern, SplitBehavior behavior, bool invert) => PatternPreTokenizer.Apply(this, pattern, behavior, invert);
}
