namespace BertCompiler.Tokenization;

/// <summary>
/// Splits at each code point of a set: WhitespaceSplit, Punctuation and Digits (Hugging Face tokenizers, pre_tokenizers/whitespace.rs,
/// punctuation.rs, digits.rs).
/// </summary>
internal static class SetPreTokenizer
{
    /// <summary>At white space, which goes.</summary>
    public static void ApplyWhiteSpace(SplitText text)
    {
        SplitList output = text.NextPieces();
        ReadOnlySpan<byte> bytes = text.Text.Bytes;
        for (int p = 0; p < text.Pieces.Count; p++) new WordScan(bytes[..text.Pieces.EndOf(p)], output, splitsPunctuation: false).Run(text.Pieces.StartOf(p));
        text.TakePieces();
    }

    public static void Apply(SplitText text, CodePointSets set, SplitBehavior behavior)
    {
        SplitList output = text.NextPieces();
        ReadOnlySpan<byte> bytes = text.Text.Bytes;
        for (int p = 0; p < text.Pieces.Count; p++)
        {
            int end = text.Pieces.EndOf(p);
            var splitter = new DelimiterSplitter(output, behavior, text.Pieces.StartOf(p));
            for (int i = text.Pieces.StartOf(p); i < end;)
            {
                int codePoint = Utf8Text.CodePointAt(bytes, i, out int length);
                if ((UnicodeTables.SetsOf(codePoint) & set) != 0) splitter.Delimiter(i, i + length);
                i += length;
            }

            splitter.End(end);
        }

        text.TakePieces();
    }
}
