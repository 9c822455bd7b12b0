namespace BertCompiler.Tokenization;

/// <summary>Drops control characters and makes other blanks spaces (Hugging Face tokenizers, normalizers/unicode.rs, Nmt).</summary>
internal static class NmtNormalizer
{
    private const byte FirstVisible = 0x20;
    private const byte LastVisible = 0x7E;

    public static void Apply(NormalizedText text)
    {
        Span<byte> bytes = text.WritableBytes;
        var rewriter = new TextRewriter(text);
        for (int at = NextOther(bytes, 0); at < bytes.Length;)
        {
            int codePoint = Utf8Text.CodePointAt(bytes, at, out int length);
            int end = at + length;
            if (IsDropped(codePoint)) rewriter.Replace(at, end);
            else if (IsBlank(codePoint))
            {
                if (length == 1) bytes[at] = (byte)' ';
                else rewriter.Replace(at, end).Append((byte)' ', text.StartOf(at), text.EndOf(at));
            }

            at = NextOther(bytes, end);
        }

        rewriter.End();
    }

    private static int NextOther(ReadOnlySpan<byte> bytes, int from)
    {
        if (from < bytes.Length && bytes[from] > LastVisible) return from;
        int next = bytes[from..].IndexOfAnyExceptInRange(FirstVisible, LastVisible);
        return next < 0 ? bytes.Length : from + next;
    }

    private static bool IsDropped(int c) => c is (>= 0x01 and <= 0x08) or 0x0B or (>= 0x0E and <= 0x1F) or 0x7F or 0x8F or 0x9F;

    private static bool IsBlank(int c) => c is '\t' or '\n' or '\f' or '\r' or 0x1680 or (>= 0x200B and <= 0x200F) or 0x2028 or 0x2029
        or 0x2581 or 0xFEFF or 0xFFFD;
}
