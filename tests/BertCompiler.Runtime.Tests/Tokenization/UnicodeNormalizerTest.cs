using System.Globalization;
using BertCompiler.Testing;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>What the normalisers make of every code point that the reference library changes.</summary>
public sealed class UnicodeNormalizerTest
{
    private static readonly Lazy<byte[]> XlmR = new(() => TokenizerSection.ToArray(GoldenTokenizers.Describe("xlmr")));

    [SharedFact]
    public void NormalFormsAreTheReferenceLibrarys()
    {
        int changed = 0;
        foreach (Dictionary<string, string> row in Rows("compat.tsv"))
        {
            string text = Text(row["code"]);
            string canonical = StepText.After(text, t => t.ToNfd());
            Assert.Equal(row["nfkd"] == "=" ? canonical : Text(row["nfkd"]), StepText.After(text, t => t.ToNfkd()));
            Assert.Equal(row["nfc"] == "=" ? text : Text(row["nfc"]), StepText.After(text, t => t.ToNfc()));
            Assert.Equal(row["nfkc"] == "=" ? text : Text(row["nfkc"]), StepText.After(text, t => t.ToNfkc()));
            if (row["composes"] == "1") Assert.Equal(text, StepText.After(canonical, t => t.ToNfc()));
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
            string parts = StepText.After(text, t => t.ToNfd());
            Assert.InRange(parts.Length, 2, 3);
            Assert.Equal(text, StepText.After(parts, t => t.ToNfc()));
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
        Assert.Equal(("kHza", "0-1 0-1 0-1 1-2"), StepText.Run("㎑a", t => t.ToNfkd()));
        Assert.Equal(("éa", "0-1 2-3"), StepText.Run("e\u0301a", t => t.ToNfc()));
        Assert.Equal(("e\u0323\u0301", "0-1 1-2 1-2"), StepText.Run("é\u0323", t => t.ToNfd()));
    }

    private static IEnumerable<Dictionary<string, string>> Rows(string file) => UnicodeTableWriter.Rows(SharedData.Require("golden", "tokenizers", "unicode", file));

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Text(string codePoints) => codePoints == "-" ? "" : string.Concat(codePoints.Split(' ').Select(c => char.ConvertFromUtf32(Hex(c))));

    private static string Mapped(string text)
    {
        byte[] section = XlmR.Value;
        unsafe
        {
            fixed (byte* data = section)
            {
                var map = new CharacterMap(new TokenizerTables((nint)data, section.Length), 0);
                return StepText.After(text, t => t.Precompiled(map));
            }
        }
    }
}
