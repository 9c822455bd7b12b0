namespace BertCompiler.Tokenization;

/// <summary>Puts a space on both sides of each CJK ideograph (Hugging Face tokenizers, normalizers/bert.rs, do_handle_chinese_chars).</summary>
internal static class IdeographNormalizer
{
    /// <summary>The first byte of U+3000; the first ideograph is U+3400.</summary>
    private const byte FirstLead = 0xE3;

    public static void Apply(NormalizedText text)
    {
        ReadOnlySpan<byte> bytes = text.Bytes;
        var rewriter = new TextRewriter(text);
        Span<byte> spaced = stackalloc byte[Utf8Bytes.Most + 2];
        spaced[0] = (byte)' ';
        for (int at = NextLead(bytes, 0); at < bytes.Length;)
        {
            int codePoint = Utf8Text.CodePointAt(bytes, at, out int length);
            if ((UnicodeTables.FlagsOf(codePoint) & CodePointFlags.Chinese) != 0)
            {
                bytes.Slice(at, length).CopyTo(spaced[1..]);
                spaced[length + 1] = (byte)' ';
                rewriter.Replace(at, at + length).AppendBytes(spaced[..(length + 2)], text.StartOf(at), text.EndOf(at));
            }

            at = NextLead(bytes, at + length);
        }

        rewriter.End();
    }

    private static int NextLead(ReadOnlySpan<byte> bytes, int from)
    {
        if (from < bytes.Length && bytes[from] >= FirstLead) return from;
        int next = bytes[from..].IndexOfAnyInRange(FirstLead, byte.MaxValue);
        return next < 0 ? bytes.Length : from + next;
    }
}
