namespace BertCompiler.Tokenization;

/// <summary>UTF-8 of single code points; it never allocates.</summary>
internal static class Utf8Bytes
{
    /// <summary>The most bytes of a code point.</summary>
    public const int Most = 4;

    private const int AsciiCount = 0x80;
    private const int TwoBytes = 0x800;
    private const int ThreeBytes = 0x10000;

    /// <summary>How many bytes a code point takes.</summary>
    public static int CountOf(int codePoint) => codePoint < AsciiCount ? 1 : codePoint < TwoBytes ? 2 : codePoint < ThreeBytes ? 3 : 4;

    /// <summary>Writes a code point; returns how many bytes.</summary>
    public static int Write(int codePoint, Span<byte> bytes)
    {
        int count = CountOf(codePoint);
        if (count == 1)
        {
            bytes[0] = (byte)codePoint;
            return 1;
        }

        for (int i = count - 1; i > 0; i--)
        {
            bytes[i] = (byte)(0x80 | codePoint & 0x3F);
            codePoint >>= 6;
        }

        bytes[0] = (byte)(0xF00 >> count | codePoint);
        return count;
    }
}
