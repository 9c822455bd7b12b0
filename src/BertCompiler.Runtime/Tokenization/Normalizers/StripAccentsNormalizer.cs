namespace BertCompiler.Tokenization;

/// <summary>Drops combining marks; it decomposes nothing itself (Hugging Face tokenizers, normalizers/strip.rs).</summary>
internal static class StripAccentsNormalizer
{
    /// <summary>The first bytes of marks.</summary>
    private static readonly StopBytes Stops = new(0x0009_840F_FBC4_3000);

    public static void Apply(NormalizedText text)
    {
        ReadOnlySpan<byte> bytes = text.Bytes;
        var rewriter = new TextRewriter(text);
        for (int at = Stops.Next(bytes, 0); at < bytes.Length;)
        {
            int codePoint = Utf8Text.CodePointAt(bytes, at, out int length);
            if ((UnicodeTables.SetsOf(codePoint) & CodePointSets.AccentMark) != 0) rewriter.Replace(at, at + length);
            at = Stops.Next(bytes, at + length);
        }

        rewriter.End();
    }
}
