namespace BertCompiler.Tokenization;

/// <summary>
/// Drops control characters, U+0000 and U+FFFD, and makes each white space a space (Hugging Face tokenizers, normalizers/bert.rs,
/// do_clean_text).
/// </summary>
internal static class CleanTextNormalizer
{
    private const CodePointFlags Changes = CodePointFlags.CleanDrops | CodePointFlags.CleanSpace;

    /// <summary>Control characters of ASCII, and the first bytes of others.</summary>
    private static readonly StopBytes Stops = new(
        0x0019_C00E_1900_0004,
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    public static void Apply(NormalizedText text)
    {
        Span<byte> bytes = text.WritableBytes;
        var rewriter = new TextRewriter(text);
        for (int at = Stops.Next(bytes, 0); at < bytes.Length;)
        {
            int codePoint = Utf8Text.CodePointAt(bytes, at, out int length);
            CodePointFlags flags = UnicodeTables.FlagsOf(codePoint) & Changes;
            int end = at + length;
            if ((flags & CodePointFlags.CleanDrops) != 0) rewriter.Replace(at, end);
            else if (flags != 0 && length == 1) bytes[at] = (byte)' ';
            else if (flags != 0) rewriter.Replace(at, end).Append((byte)' ', text.StartOf(at), text.EndOf(at));
            at = Stops.Next(bytes, end);
        }

        rewriter.End();
    }
}
