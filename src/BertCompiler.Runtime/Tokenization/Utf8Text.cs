namespace BertCompiler.Tokenization;

/// <summary>
/// Code points of UTF-8. Text inside a pipeline is always valid UTF-8; should it not be, reading gives U+FFFD for one byte and never
/// reads outside.
/// </summary>
internal static class Utf8Text
{
    /// <summary>The first byte value that is not ASCII.</summary>
    public const byte FirstNonAscii = 0x80;

    private const int Continuation = 0x80;
    private const int ContinuationMask = 0xC0;
    private const int Payload = 0x3F;

    /// <summary>The code point that begins at <paramref name="index"/>, and how many bytes it takes: 1 to 4.</summary>
    public static int CodePointAt(ReadOnlySpan<byte> text, int index, out int length)
    {
        int first = text[index];
        length = 1;
        return first < Continuation ? first : Longer(text[index..], first, out length);
    }

    /// <summary>The code point that ends before <paramref name="end"/>, and how many bytes it takes.</summary>
    public static int CodePointBefore(ReadOnlySpan<byte> text, int end, out int length)
    {
        int start = end - 1;
        while (start > 0 && end - start < Utf8Bytes.Most && (text[start] & ContinuationMask) == Continuation) start--;
        int codePoint = CodePointAt(text, start, out length);
        if (start + length == end) return codePoint;
        length = 1;
        return UnicodeTables.Replacement;
    }

    /// <summary>The first byte from <paramref name="from"/> on that is not ASCII; the length where all are.</summary>
    public static int NextNonAscii(ReadOnlySpan<byte> text, int from)
    {
        if (from < text.Length && text[from] >= FirstNonAscii) return from;
        int next = text[from..].IndexOfAnyInRange(FirstNonAscii, byte.MaxValue);
        return next < 0 ? text.Length : from + next;
    }

    /// <summary>How many code points a text has.</summary>
    public static int CountOf(ReadOnlySpan<byte> text)
    {
        int count = 0;
        foreach (byte b in text) count += (b & ContinuationMask) != Continuation ? 1 : 0;
        return count;
    }

    private static int Longer(ReadOnlySpan<byte> text, int first, out int length)
    {
        if (first >= 0xC2 && first < 0xE0 && text.Length > 1)
        {
            length = 2;
            return (first & 0x1F) << 6 | text[1] & Payload;
        }

        if (first is >= 0xE0 and < 0xF0 && text.Length > 2)
        {
            length = 3;
            return (first & 0x0F) << 12 | (text[1] & Payload) << 6 | text[2] & Payload;
        }

        if (first is >= 0xF0 and < 0xF5 && text.Length > 3)
        {
            length = 4;
            int codePoint = (first & 0x07) << 18 | (text[1] & Payload) << 12 | (text[2] & Payload) << 6 | text[3] & Payload;
            return Math.Min(codePoint, 0x10FFFF);
        }

        length = 1;
        return UnicodeTables.Replacement;
    }
}
