using BertCompiler.Testing;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>
/// The committed tables are those that the reference answers give. To write them anew, set BERTCOMPILER_WRITE_UNICODE_TABLES=1 and run this test.
/// </summary>
public sealed class UnicodeTablesTest
{
    [SharedFact]
    public void TheCommittedTablesAreTheReferenceLibrarysAnswers()
    {
        string expected = UnicodeTableWriter.Write(
            SharedData.Require("golden", "tokenizers", "unicode", "unicode.tsv"),
            SharedData.Require("golden", "tokenizers", "unicode", "regex_classes.tsv"));
        Compare(expected, "UnicodeTables.g.cs");
    }

    [SharedFact]
    public void TheCommittedSetsAndCompositionsAreTheReferenceLibrarysAnswers()
        => Compare(UnicodeSetTableWriter.Write(SharedData.Require("golden", "tokenizers", "unicode")), "UnicodeTables.Sets.g.cs");

    private static void Compare(string expected, string file)
    {
        string path = Path.Combine(SharedData.Repository, "src", "BertCompiler.Runtime", "Tokenization", file);
        if (Environment.GetEnvironmentVariable("BERTCOMPILER_WRITE_UNICODE_TABLES") == "1") File.WriteAllText(path, expected);
        Assert.Equal(expected, File.ReadAllText(path));
    }
}
