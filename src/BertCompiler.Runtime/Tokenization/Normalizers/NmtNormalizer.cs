namespace BertCompiler.Tokenization;

/// <summary>Drops control characters and makes other blanks spaces (Hugging Face tokenizers, normalizers/unicode.rs, Nmt).</summary>
internal static class NmtNormalizer
{
    /// <summary>Control characters of ASCII, and the first bytes of others.</summary>
    private static readonly StopBytes Stops = new(
        0x0000_8006_0000_0004,
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    public static void Apply(NormalizedText text)
    {
        Span<byte> bytes = text.WritableBytes;
        var rewriter = new TextRewriter(text);
        for (int at = Stops.Next(bytes, 0); at < bytes.Length;)
        {
            int codePoint = Utf8Text.CodePointAt(bytes, at, out int length);
            int end = at + length;
            if (IsDropped(codePoint)) rewriter.Replace(at, end);
            else if (IsBlank(codePoint))
            {
                if (length == 1) bytes[at] = (byte)' ';
                else rewriter.Replace(at, end).Append((byte)' ', text.StartOf(at), text.EndOf(at));
            }

            at = Stops.Next(bytes, end);
        }

        rewriter.End();
    }

    private static bool IsDropped(int c) => c is (>= 0x01 and <= 0x08) or 0x0B or (>= 0x0E and <= 0x1F) or 0x7F or 0x8F or 0x9F;

    private static bool IsBlank(int c) => c is '\t' or '\n' or '\f' or '\r' or 0x1680 or (>= 0x200B and <= 0x200F) or 0x2028 or 0x2029
        or 0x2581 or 0xFEFF or 0xFFFD;
}
