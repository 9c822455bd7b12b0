namespace BertCompiler.Tokenization;

/// <summary>
/// Splits at each code point of a set: WhitespaceSplit, Punctuation and Digits (Hugging Face tokenizers, pre_tokenizers/whitespace.rs,
/// punctuation.rs, digits.rs).
/// </summary>
internal static class SetPreTokenizer
{
    private static readonly StopBytes Punctuation = new(0x0001_840F_9BE0_6004, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"u8);
    private static readonly StopBytes Digits = new(ulong.MaxValue, "0123456789"u8);

    /// <summary>At white space, which goes.</summary>
    public static void ApplyWhiteSpace(SplitText text)
    {
        SplitList output = text.NextPieces();
        ReadOnlySpan<byte> bytes = text.Text.Bytes;
        for (int p = 0; p < text.Pieces.Count; p++) new WordScan(bytes[..text.Pieces.EndOf(p)], output, splitsPunctuation: false).Run(text.Pieces.StartOf(p));
        text.TakePieces();
    }

    /// <summary>At punctuation.</summary>
    public static void ApplyPunctuation(SplitText text, SplitBehavior behavior) => Apply(text, CodePointSets.Punctuation, Punctuation, behavior);

    /// <summary>At numeric characters.</summary>
    public static void ApplyDigits(SplitText text, SplitBehavior behavior) => Apply(text, CodePointSets.Numeric, Digits, behavior);

    private static void Apply(SplitText text, CodePointSets set, StopBytes stops, SplitBehavior behavior)
    {
        SplitList output = text.NextPieces();
        for (int p = 0; p < text.Pieces.Count; p++)
        {
            ReadOnlySpan<byte> bytes = text.Text.Bytes[..text.Pieces.EndOf(p)];
            int start = text.Pieces.StartOf(p);
            var splitter = new DelimiterSplitter(output, behavior, start);
            for (int at = stops.Next(bytes, start); at < bytes.Length;)
            {
                int codePoint = Utf8Text.CodePointAt(bytes, at, out int length);
                if ((UnicodeTables.SetsOf(codePoint) & set) != 0) splitter.Delimiter(at, at + length);
                at = stops.Next(bytes, at + length);
            }

            splitter.End(bytes.Length);
        }

        text.TakePieces();
    }
}
