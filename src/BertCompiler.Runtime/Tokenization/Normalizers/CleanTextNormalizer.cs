namespace BertCompiler.Tokenization;

/// <summary>
/// Drops control characters, U+0000 and U+FFFD, and makes each white space a space (Hugging Face tokenizers, normalizers/bert.rs,
/// do_clean_text).
/// </summary>
internal static class CleanTextNormalizer
{
    private const CodePointFlags Changes = CodePointFlags.CleanDrops | CodePointFlags.CleanSpace;
    private const byte FirstVisible = 0x20;
    private const byte LastVisible = 0x7E;

    public static void Apply(NormalizedText text)
    {
        Span<byte> bytes = text.WritableBytes;
        var rewriter = new TextRewriter(text);
        for (int at = NextOther(bytes, 0); at < bytes.Length;)
        {
            int codePoint = Utf8Text.CodePointAt(bytes, at, out int length);
            CodePointFlags flags = UnicodeTables.FlagsOf(codePoint) & Changes;
            int end = at + length;
            if ((flags & CodePointFlags.CleanDrops) != 0) rewriter.Replace(at, end);
            else if (flags != 0 && length == 1) bytes[at] = (byte)' ';
            else if (flags != 0) rewriter.Replace(at, end).Append((byte)' ', text.StartOf(at), text.EndOf(at));
            at = NextOther(bytes, end);
        }

        rewriter.End();
    }

    /// <summary>The first byte from <paramref name="from"/> on that is no visible ASCII character or space; the length where all are.</summary>
    private static int NextOther(ReadOnlySpan<byte> bytes, int from)
    {
        if (from < bytes.Length && bytes[from] > LastVisible) return from;
        int next = bytes[from..].IndexOfAnyExceptInRange(FirstVisible, LastVisible);
        return next < 0 ? bytes.Length : from + next;
    }
}
