namespace BertCompiler.Tokenization;

/// <summary>Splits where a pattern is found: Split and CharDelimiterSplit (Hugging Face tokenizers, pre_tokenizers/split.rs, delimiter.rs).</summary>
internal sealed class PatternPreTokenizer(TextPattern pattern, uint flags) : IPreTokenizer
{
    /// <summary>What is found are the words, and what lies between the delimiters.</summary>
    public const uint Invert = 1 << 8;

    private readonly SplitBehavior _behavior = (SplitBehavior)(flags & ~Invert);
    private readonly bool _invert = (flags & Invert) != 0;

    /// <inheritdoc/>
    public void Split(SplitText text)
    {
        SplitList output = text.NextPieces();
        ReadOnlySpan<char> characters = text.Text.Characters;
        for (int p = 0; p < text.Pieces.Count; p++)
        {
            int at = text.Pieces.StartOf(p);
            int end = text.Pieces.EndOf(p);
            var splitter = new DelimiterSplitter(output, _behavior, at, _invert);
            while (pattern.TryFind(characters, at, end, out TextSpan match))
            {
                splitter.Delimiter(match.Start, match.End);
                at = match.End;
            }

            splitter.End(end);
        }

        text.TakePieces();
    }
}
