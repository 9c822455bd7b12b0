using BertCompiler.Differential;
using BertCompiler.Differential.Texts;
using BertCompiler.Testing;
using BertCompiler.Testing.Oracle;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary>
/// Every tokenizer against the Hugging Face library itself, some two thousand texts each: chance, real lines, some code points. Many more:
/// <c>dotnet run -c Release --project tests/BertCompiler.Differential -- all</c>.
/// </summary>
public sealed class DifferentialTest(DifferentialTest.Library library) : IClassFixture<DifferentialTest.Library>
{
    private const int ChanceTexts = 400;
    private const int RealLines = 400;

    /// <summary>A prime, so that the code points taken fall everywhere in the blocks of Unicode.</summary>
    private const int SweepStep = 2003;

    /// <summary>The process that all tests of the class ask.</summary>
    public sealed class Library : IDisposable
    {
        public HuggingFaceOracle? Oracle { get; } = HuggingFaceOracle.Missing is null && SharedData.Root is not null ? new() : null;

        public IReadOnlyList<string> Lines { get; } = SharedData.Root is null ? [] : CorpusLines.Take(RealLines);

        public void Dispose() => Oracle?.Dispose();
    }

    public static TheoryData<string> Names() => new(SharedData.Root is null ? ["all"] : GoldenFolders.All());

    [OracleTheory]
    [MemberData(nameof(Names))]
    public void NothingDiffersFromTheLibrary(string name)
    {
        using var comparison = TokenizerComparison.Described(name, library.Oracle!);
        int seed = name.Sum(c => c);
        IEnumerable<string> texts = new RandomTexts(seed, comparison.Vocabulary, comparison.AddedTokens).Take(ChanceTexts);
        AssertEqual(comparison.Run("random", texts, decode: true));
        AssertEqual(comparison.Run("lines", library.Lines, decode: true));
        AssertEqual(comparison.Run("sweep", SweepTexts.All(SweepStep)));
    }

    private static void AssertEqual(Tally tally) => Assert.True(tally.IsEqual, $"{tally}\n{string.Join('\n', tally.First)}");
}
