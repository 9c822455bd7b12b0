using BertCompiler.Core.Problems;
using BertCompiler.Testing;

namespace BertCompiler.Compiler.Tests.Architecture;

/// <summary>Every kind of problem has an id of its own and a page that says what it means and how to mend it.</summary>
public sealed class DiagnosticPagesTests
{
    private static readonly string _folder = Path.Combine(SharedData.Repository, "generators", "diagnostics");

    [Fact]
    public void Ids_and_classes_are_distinct()
    {
        Assert.Equal(ProblemKinds.All.Count, ProblemKinds.All.Select(k => k.Id).Distinct().Count());
        Assert.Equal(ProblemKinds.All.Count, ProblemKinds.All.Select(k => k.Class).Distinct().Count());
        Assert.All(ProblemKinds.All, kind => Assert.Matches("^BERT[0-9]{4}$", kind.Id));
    }

    [Fact]
    public void Every_kind_has_its_page_and_every_page_its_kind()
    {
        foreach (ProblemKind kind in ProblemKinds.All)
        {
            string page = File.ReadAllText(Path.Combine(_folder, kind.Id + ".md"));
            Assert.StartsWith($"# {kind.Id}: {kind.Title}\n", page, StringComparison.Ordinal);
            Assert.Contains($"`{kind.Class}`", page, StringComparison.Ordinal);
            Assert.Contains("## What it means", page, StringComparison.Ordinal);
            Assert.Contains("## How to mend it", page, StringComparison.Ordinal);
        }

        IEnumerable<string> pages = Directory.GetFiles(_folder, "BERT*.md").Select(p => Path.GetFileNameWithoutExtension(p)!);
        Assert.Equal(ProblemKinds.All.Select(k => k.Id).Order(StringComparer.Ordinal), pages.Order(StringComparer.Ordinal));
    }
}
