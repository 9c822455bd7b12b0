using System.Text;

namespace BertCompiler.Tokenization;

/// <summary>Lower case, each code point for itself (Hugging Face tokenizers, normalizers/utils.rs).</summary>
internal static class LowercaseNormalizer
{
    private const int CombiningDotAbove = 0x0307;

    public static void Apply(NormalizedText text)
    {
        Span<byte> bytes = text.WritableBytes;
        var rewriter = new TextRewriter(text);
        for (int at = LowerAscii(bytes, 0); at < bytes.Length;)
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

            at = LowerAscii(bytes, at + length);
        }

        rewriter.End();
    }

    /// <summary>Lowers the ASCII letters up to the first byte that is not ASCII; returns its place.</summary>
    private static int LowerAscii(Span<byte> bytes, int from)
    {
        if (from < bytes.Length && bytes[from] >= Utf8Text.FirstNonAscii) return from;
        Ascii.ToLowerInPlace(bytes[from..], out int count);
        return from + count;
    }
}
