using System.Text;
using BertCompiler.Tokenization;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>
/// Steps pass over the bytes that they cannot change, by tables of first bytes. For every code point, among letters, they give what the
/// Unicode tables say about it alone.
/// </summary>
public sealed class EveryCodePointTest
{
    private const int BlockSize = 61;

    [Fact]
    public void NormalisersChangeWhatTheTablesSay()
    {
        foreach (int[] block in Blocks())
        {
            Check(block, t => t.CleanText(), c => Has(c, CodePointFlags.CleanDrops) ? "" : Has(c, CodePointFlags.CleanSpace) ? " " : Text(c));
            Check(block, t => t.SpaceIdeographs(), c => Has(c, CodePointFlags.Chinese) ? $" {Text(c)} " : Text(c));
            Check(block, t => t.DecomposeAndDropAccents(), WithoutAccents);
            Check(block, t => t.Lowercase(), Lower);
            Check(block, t => t.StripAccents(), c => In(c, CodePointSets.AccentMark) ? "" : Text(c));
        }
    }

    [Fact]
    public void WordsEndWhereTheTablesSay()
    {
        foreach (int[] block in Blocks())
        {
            CheckPieces(block, t => t.BertWords(), c => Has(c, CodePointFlags.WhiteSpace) ? "||" : Has(c, CodePointFlags.Punctuation) ? $"|{Text(c)}|" : Text(c));
            CheckPieces(block, t => t.WhitespaceSplit(), c => In(c, CodePointSets.WhiteSpace) ? "||" : Text(c));
            CheckPieces(block, t => t.Punctuation(SplitBehavior.Isolated), c => In(c, CodePointSets.Punctuation) ? $"|{Text(c)}|" : Text(c));
            CheckPieces(block, t => t.Digits(individualDigits: true), c => In(c, CodePointSets.Numeric) ? $"|{Text(c)}|" : Text(c));
            CheckPieces(block, t => t.Whitespace(), c => In(c, CodePointSets.Word) ? Text(c) : In(c, CodePointSets.WhiteSpace) ? "||" : $"|{Text(c)}|");
            CheckPieces(block, Gpt2, c => c == ' ' ? "| " : In(c, CodePointSets.Letter) ? Text(c) : $"|{Text(c)}|");
        }
    }

    [Fact]
    public void BytesBecomeTheirLetters()
    {
        foreach (int[] block in Blocks())
        {
            CheckPieces(block, t => t.ByteLevel(addPrefixSpace: false, split: false), c => string.Concat(Encoding.UTF8.GetBytes(Text(c)).Select(b => ByteLetters.Of(b))));
        }
    }

    private static void Check(int[] block, Action<NormalizedText> step, Func<int, string> expected)
        => Assert.Equal(string.Concat(block.Select(c => expected(c) + "x")), StepText.After(string.Concat(block.Select(c => Text(c) + "x")), step));

    /// <summary>Pieces are written with | between them.</summary>
    private static void CheckPieces(int[] block, Action<SplitText> step, Func<int, string> expected)
    {
        int[] others = [.. block.Where(c => c != '|')];
        string pieces = string.Concat(others.Select(c => expected(c) + "x"));
        string found = StepText.Split(string.Concat(others.Select(c => Text(c) + "x")), step);
        Assert.Equal(string.Join('|', pieces.Split('|', StringSplitOptions.RemoveEmptyEntries)), found);
    }

    private static IEnumerable<int[]> Blocks()
        => Enumerable.Range(1, 0x10FFFF).Where(c => c is < 0xD800 or > 0xDFFF).Chunk(BlockSize);

    private static string Text(int codePoint) => char.ConvertFromUtf32(codePoint);

    private static bool Has(int codePoint, CodePointFlags flag) => (UnicodeTables.FlagsOf(codePoint) & flag) != 0;

    private static bool In(int codePoint, CodePointSets set) => (UnicodeTables.SetsOf(codePoint) & set) != 0;

    private static string Lower(int codePoint)
        => Has(codePoint, CodePointFlags.LowerIsPair) ? "i\u0307" : Text(UnicodeTables.Lower(codePoint, UnicodeTables.ClassOf(codePoint)));

    private static string WithoutAccents(int codePoint)
    {
        Span<int> parts = stackalloc int[3];
        ReadOnlySpan<int> all = Has(codePoint, CodePointFlags.Decomposes) ? UnicodeTables.Decomposition(codePoint)
            : Has(codePoint, CodePointFlags.Hangul) ? parts[..UnicodeTables.DecomposeHangul(codePoint, parts)] : [codePoint];
        string text = "";
        foreach (int part in all)
        {
            if (!Has(part, CodePointFlags.Accent)) text += Text(part);
        }

        return text;
    }

    private static void Gpt2(SplitText text)
    {
        SplitList output = text.NextPieces();
        Gpt2Pattern.Split(text.Text.Bytes, 0, text.Text.Length, output);
        text.TakePieces();
    }
}
