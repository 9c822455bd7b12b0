using BertCompiler.Differential.Texts;
using BertCompiler.Testing;
using BertCompiler.Testing.Oracle;
using BertCompiler.Tool.Compilation;

namespace BertCompiler.Differential;

/// <summary>Runs the kinds of texts that were asked for, tokenizer by tokenizer, and writes the table.</summary>
/// <param name="options">What is run.</param>
internal sealed class DifferentialRun(DifferentialOptions options) : IDisposable
{
    private readonly HuggingFaceOracle _oracle = new();
    private readonly string _compiled = Directory.CreateTempSubdirectory("bert-differential-").FullName;
    private readonly List<Difference> _first = [];
    private bool _equal = true;

    /// <summary>Runs all of it.</summary>
    /// <returns>Whether nothing differed.</returns>
    public bool Run()
    {
        ResultTable.WriteHead();
        if (options.Runs("sweep")) Sweep();
        if (options.Runs("lines")) Lines();
        if (options.Runs("random")) Chance();
        foreach (Difference difference in _first.Take(options.Shown))
        {
            Console.WriteLine();
            Console.WriteLine(difference);
        }

        if (options.Cases is { } folder) CaseFile.Append(folder, _first.Take(options.Shown));
        return _equal;
    }

    public void Dispose()
    {
        _oracle.Dispose();
        Directory.Delete(_compiled, recursive: true);
    }

    private void Sweep()
    {
        foreach (string name in options.Tokenizers(GoldenFolders.Main)) Compare(name, "sweep", SweepTexts.Count, _ => SweepTexts.All(), decode: false);
    }

    private void Lines()
    {
        IReadOnlyList<string> lines = CorpusLines.Take(options.Lines);
        foreach (string name in options.Tokenizers(GoldenFolders.Main)) Compare(name, "lines", lines.Count, _ => lines, decode: true);
    }

    private void Chance()
    {
        foreach (string name in options.Tokenizers(GoldenFolders.All()))
        {
            Compare(name, "random", options.Random, c => new RandomTexts(options.Seed, c.Vocabulary, c.AddedTokens).Take(options.Random), decode: true);
        }
    }

    private void Compare(string name, string kind, long count, Func<TokenizerComparison, IEnumerable<string>> texts, bool decode)
    {
        using var comparison = TokenizerComparison.Compiled(name, _oracle, new ModelCache(_compiled));
        Action<long>? progress = Console.IsErrorRedirected ? null : done => Console.Error.Write($"\r{name}, {kind}: {100 * done / Math.Max(count, 1)} % \b");
        Tally tally = comparison.Run(kind, texts(comparison), decode, progress);
        if (progress is not null) Console.Error.Write("\r" + new string(' ', 60) + "\r");
        ResultTable.Write(tally);
        _first.AddRange(tally.First);
        _equal &= tally.IsEqual;
    }
}
