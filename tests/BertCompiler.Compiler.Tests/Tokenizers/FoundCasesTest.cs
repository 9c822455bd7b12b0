using System.Text;
using BertCompiler.Core.Problems;
using BertCompiler.Testing;
using BertCompiler.Tool.Tokenizers;
using BertCompiler.Tool.Tokenizers.Json;
using BertCompiler.Tool.Tokenizers.Verification;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary>
/// Texts that once were read otherwise than by the Hugging Face library, with its answer (<c>Cases</c>, a file for each tokenizer, written by
/// <c>tests/BertCompiler.Differential --cases</c>).
/// </summary>
public sealed class FoundCasesTest
{
    private static string Folder => Path.Combine(SharedData.Repository, "tests", "BertCompiler.Compiler.Tests", "Tokenizers", "Cases");

    public static TheoryData<string> Names() => new(Directory.EnumerateFiles(Folder, "*.jsonl").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));

    [SharedTheory]
    [MemberData(nameof(Names))]
    public void TheyAreReadAsByTheLibrary(string name)
    {
        TokenizerReading reading = TokenizerReader.Read(SharedData.Require("golden", "tokenizers", name), tableRows: null);
        using var loaded = new LoadedTokenizer(reading.Tokenizer!);
        string path = Path.Combine(Folder, name + ".jsonl");
        foreach (string line in File.ReadLines(path))
        {
            JsonItem item = JsonTree.Parse(Encoding.UTF8.GetBytes(line), path, ProblemKinds.TokenizerMalformed).Root;
            Assert.True(CaseComparison.Compare(loaded, item, longTexts: null) == CaseDifference.None, line);
        }
    }
}
