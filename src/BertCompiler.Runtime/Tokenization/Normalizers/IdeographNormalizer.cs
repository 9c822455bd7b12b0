namespace BertCompiler.Tokenization;

/// <summary>Puts a space on both sides of each CJK ideograph (Hugging Face tokenizers, normalizers/bert.rs, do_handle_chinese_chars).</summary>
internal static class IdeographNormalizer
{
    private const int FirstCommon = 0x4E00;
    private const int LastCommon = 0x9FFF;

    /// <summary>The first bytes of ideographs.</summary>
    private static readonly StopBytes Stops = new(0x0001_83F8_0000_0000);

    public static void Apply(NormalizedText text)
    {
        ReadOnlySpan<byte> bytes = text.Bytes;
        var rewriter = new TextRewriter(text);
        for (int at = Stops.Next(bytes, 0); at < bytes.Length;)
        {
            int codePoint = Utf8Text.CodePointAt(bytes, at, out int length);
            int end = at + length;
            if (IsIdeograph(codePoint))
            {
                end = WriteSpaced(text, at, rewriter.CopyTo(at));
                rewriter.SkipTo(end);
            }

            at = Stops.Next(bytes, end);
        }

        rewriter.End();
    }

    /// <summary>Writes ideographs, as many as follow each other. Returns where they end.</summary>
    private static int WriteSpaced(NormalizedText text, int at, NormalizedText output)
    {
        ReadOnlySpan<byte> bytes = text.Bytes;
        while (at < bytes.Length && IsIdeograph(Utf8Text.CodePointAt(bytes, at, out int length)))
        {
            int count = length + 2;
            Span<byte> room = output.Room(count);
            room[0] = (byte)' ';
            for (int i = 0; i < length; i++) room[i + 1] = bytes[at + i];
            room[length + 1] = (byte)' ';
            if (text.Tracks) output.PutSpanOf(text, at, count, 0);
            output.Advance(count);
            at += length;
        }

        return at;
    }

    private static bool IsIdeograph(int codePoint)
        => codePoint is >= FirstCommon and <= LastCommon || (UnicodeTables.FlagsOf(codePoint) & CodePointFlags.Chinese) != 0;
}
