using System.Numerics;
using System.Runtime.InteropServices;

namespace BertCompiler.Tokenization;

/// <summary>Lower case, each code point for itself (Hugging Face tokenizers, normalizers/utils.rs).</summary>
internal static class LowercaseNormalizer
{
    private const int CombiningDotAbove = 0x0307;
    private const byte CaseBit = 0x20;
    private const byte LetterCount = 26;

    /// <summary>The first bytes of capital letters.</summary>
    private static readonly StopBytes Stops = new(0x0001_8406_003F_E3F8, [], TwoBytes);

    /// <summary>The capital letters below U+0800, as <see cref="StopBytes"/> wants them.</summary>
    private static ReadOnlySpan<ulong> TwoBytes =>
    [
        0, 0, 0, 0x0000_0000_7F7F_FFFF,
        0xAA55_5555_5555_5555, 0x2B55_5555_5555_54AA, 0x11AE_D2D5_B1DB_CED6, 0x55D6_5555_4AAA_ADB0,
        0x6C05_5555_5555_5555, 0x0000_0000_0000_557A, 0, 0,
        0, 0x8045_0000_0000_0000, 0x0000_0FFB_FFFE_D740, 0xE690_5555_5500_8000,
        0x0000_FFFF_FFFF_FFFF, 0x5555_5555_0000_0000, 0x5555_5555_5555_5401, 0x5555_5555_5555_2AAB,
        0xFFFE_5555_5555_5555, 0x0000_0000_007F_FFFF, 0, 0,
        0, 0, 0, 0,
        0, 0, 0, 0,
    ];

    public static void Apply(NormalizedText text)
    {
        Span<byte> bytes = text.WritableBytes;
        LowerAscii(bytes);
        var rewriter = new TextRewriter(text);
        for (int at = Stops.Next(bytes, 0); at < bytes.Length;)
        {
            int codePoint = Utf8Text.CodePointAt(bytes, at, out int length);
            int @class = UnicodeTables.ClassOf(codePoint);
            int lower = UnicodeTables.Lower(codePoint, @class);
            if ((UnicodeTables.FlagsOfClass(@class) & CodePointFlags.LowerIsPair) != 0)
            {
                NormalizedText output = rewriter.Replace(at, at + length);
                output.Append((byte)'i', text.StartOf(at), text.EndOf(at));
                output.AppendCodePoint(CombiningDotAbove, text.StartOf(at), text.EndOf(at));
            }
            else if (lower != codePoint)
            {
                if (Utf8Bytes.CountOf(lower) == length) Utf8Bytes.Write(lower, bytes[at..]);
                else rewriter.Replace(at, at + length).AppendCodePoint(lower, text.StartOf(at), text.EndOf(at));
            }

            at = Stops.Next(bytes, at + length);
        }

        rewriter.End();
    }

    /// <summary>Lowers the letters of ASCII; no byte of a longer code point has the value of one.</summary>
    private static void LowerAscii(Span<byte> bytes)
    {
        if (bytes.Length < Vector<byte>.Count)
        {
            foreach (ref byte value in bytes) value |= (byte)(value - 'A') < LetterCount ? CaseBit : (byte)0;
            return;
        }

        foreach (ref Vector<byte> part in MemoryMarshal.Cast<byte, Vector<byte>>(bytes)) part = Lower(part);

        // The last ones, some of them a second time.
        Span<byte> last = bytes[^Vector<byte>.Count..];
        Lower(new Vector<byte>(last)).CopyTo(last);
    }

    private static Vector<byte> Lower(Vector<byte> part)
        => part | (Vector.LessThan(part - new Vector<byte>((byte)'A'), new Vector<byte>(LetterCount)) & new Vector<byte>(CaseBit));
}
