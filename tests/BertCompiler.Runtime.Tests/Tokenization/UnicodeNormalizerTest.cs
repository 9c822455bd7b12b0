using System.Globalization;
using BertCompiler.Testing;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>What the normalisers make of every code point that the reference library changes.</summary>
public sealed class UnicodeNormalizerTest
{
    private const UnicodeFormNormalizer.Flags Nfkd = UnicodeFormNormalizer.Flags.Compatible;
    private const UnicodeFormNormalizer.Flags Nfc = UnicodeFormNormalizer.Flags.Composed;

    [SharedFact]
    public void NormalFormsAreTheReferenceLibrarys()
    {
        int changed = 0;
        foreach (Dictionary<string, string> row in Rows("compat.tsv"))
        {
            string text = Text(row["code"]);
            string canonical = Form(UnicodeFormNormalizer.Flags.None, text);
            Assert.Equal(row["nfkd"] == "=" ? canonical : Text(row["nfkd"]), Form(Nfkd, text));
            Assert.Equal(row["nfc"] == "=" ? text : Text(row["nfc"]), Form(Nfc, text));
            Assert.Equal(row["nfkc"] == "=" ? text : Text(row["nfkc"]), Form(Nfkd | Nfc, text));
            if (row["composes"] == "1") Assert.Equal(text, Form(Nfc, canonical));
            changed++;
        }

        Assert.True(changed > 4000, $"only {changed} code points");
    }

    [SharedFact]
    public void HangulIsTakenApartAndPutTogether()
    {
        for (int syllable = 0xAC00; syllable <= 0xD7A3; syllable++)
        {
            string text = ((char)syllable).ToString();
            string parts = Form(UnicodeFormNormalizer.Flags.None, text);
            Assert.InRange(parts.Length, 2, 3);
            Assert.Equal(text, Form(Nfc, parts));
        }
    }

    [SharedFact]
    public void TheCharacterMapGivesWhatTheReferenceLibraryGives()
    {
        foreach (Dictionary<string, string> row in Rows("charsmap_nmt_nfkc.tsv"))
        {
            for (int c = Hex(row["first"]); c <= Hex(row["last"]); c++) Assert.Equal(Text(row["to"]), Mapped(char.ConvertFromUtf32(c)));
        }

        foreach (Dictionary<string, string> row in Rows("charsmap_nmt_nfkc_sequences.tsv"))
        {
            Assert.Equal(Text(row[row["to_in_library"] == "=" ? "to_in_blob" : "to_in_library"]), Mapped(Text(row["sequence"])));
        }
    }

    [SharedFact]
    public void PlacesFollowTheReferenceLibrary()
    {
        // Three letters for one; one for two, which has the place of the first; a mark that changes places with another takes its own along.
        Assert.Equal("0-1 0-1 0-1 1-2", Spans(Nfkd, "㎑a", "kHza"));
        Assert.Equal("0-1 2-3", Spans(Nfc, "e\u0301a", "éa"));
        Assert.Equal("0-1 1-2 1-2", Spans(UnicodeFormNormalizer.Flags.None, "é\u0323", "e\u0323\u0301"));
    }

    private static IEnumerable<Dictionary<string, string>> Rows(string file) => UnicodeTableWriter.Rows(SharedData.Require("golden", "tokenizers", "unicode", file));

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Text(string codePoints) => codePoints == "-" ? "" : string.Concat(codePoints.Split(' ').Select(c => char.ConvertFromUtf32(Hex(c))));

    private static string Form(UnicodeFormNormalizer.Flags flags, string text) => Run(flags, text).Characters.ToString();

    private static string Spans(UnicodeFormNormalizer.Flags flags, string text, string expected)
    {
        NormalizedText output = Run(flags, text);
        Assert.Equal(expected, output.Characters.ToString());
        return string.Join(' ', Enumerable.Range(0, output.Length).Select(i => $"{output.StartOf(i)}-{output.EndOf(i)}"));
    }

    private static NormalizedText Run(UnicodeFormNormalizer.Flags flags, string text)
    {
        var input = new NormalizedText();
        var output = new NormalizedText();
        input.Reset(tracks: true);
        output.Reset(tracks: true);
        input.AppendOriginal(text, 0, text.Length);
        new UnicodeFormNormalizer(flags).Normalize(input, output, new TokenizerScratch());
        return output;
    }

    private static readonly byte[] XlmR = TokenizerSection.ToArray(GoldenTokenizers.Describe("xlmr"));

    private static unsafe string Mapped(string text)
    {
        fixed (byte* data = XlmR)
        {
            var scratch = new TokenizerScratch();
            new NormalizerChain(new TokenizerSectionView((nint)data, XlmR.Length)).Normalize(text, 0, text.Length, tracks: true, scratch);
            return scratch.Normalized.Characters.ToString();
        }
    }
}
