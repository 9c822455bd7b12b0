namespace BertCompiler.Tokenization;

/// <summary>Splits where a pattern is found: Split and CharDelimiterSplit (Hugging Face tokenizers, pre_tokenizers/split.rs, delimiter.rs).</summary>
internal static class PatternPreTokenizer
{
    public static void Apply(SplitText text, TextPattern pattern, SplitBehavior behavior, bool invert)
    {
        SplitList output = text.NextPieces();
        ReadOnlySpan<byte> bytes = text.Text.Bytes;
        for (int p = 0; p < text.Pieces.Count; p++)
        {
            int at = text.Pieces.StartOf(p);
            int end = text.Pieces.EndOf(p);
            var splitter = new DelimiterSplitter(output, behavior, at, invert);
            while (pattern.TryFind(bytes, at, end, out TextSpan match))
            {
                splitter.Delimiter(match.Start, match.End);
                at = match.End;
            }

            splitter.End(end);
        }

        text.TakePieces();
    }
}
