namespace BertCompiler.Tokenization;

/// <summary>Takes white space away at the ends (Hugging Face tokenizers, normalizers/strip.rs).</summary>
internal static class StripNormalizer
{
    public static void Apply(NormalizedText text, bool left, bool right)
    {
        ReadOnlySpan<byte> bytes = text.Bytes;
        int start = 0;
        int end = bytes.Length;
        while (left && start < end && IsWhiteSpace(Utf8Text.CodePointAt(bytes, start, out int length))) start += length;
        while (right && end > start && IsWhiteSpace(Utf8Text.CodePointBefore(bytes, end, out int length))) end -= length;
        if (end - start < bytes.Length) text.Keep(start, end);
    }

    private static bool IsWhiteSpace(int codePoint) => (UnicodeTables.FlagsOf(codePoint) & CodePointFlags.WhiteSpace) != 0;
}
