namespace BertCompiler.Tokenization;

/// <summary>Puts a space on both sides of each CJK ideograph (Hugging Face tokenizers, normalizers/bert.rs, do_handle_chinese_chars).</summary>
internal static class IdeographNormalizer
{
    /// <summary>The first bytes of ideographs.</summary>
    private static readonly StopBytes Stops = new(0x0001_83F8_0000_0000);

    public static void Apply(NormalizedText text)
    {
        ReadOnlySpan<byte> bytes = text.Bytes;
        var rewriter = new TextRewriter(text);
        Span<byte> spaced = stackalloc byte[Utf8Bytes.Most + 2];
        spaced[0] = (byte)' ';
        for (int at = Stops.Next(bytes, 0); at < bytes.Length;)
        {
            int codePoint = Utf8Text.CodePointAt(bytes, at, out int length);
            int end = at + length;
            if ((UnicodeTables.FlagsOf(codePoint) & CodePointFlags.Chinese) != 0)
            {
                bytes[at..end].CopyTo(spaced[1..]);
                spaced[length + 1] = (byte)' ';
                rewriter.Replace(at, end).AppendBytes(spaced[..(length + 2)], text.StartOf(at), text.EndOf(at));
            }

            at = Stops.Next(bytes, end);
        }

        rewriter.End();
    }
}
