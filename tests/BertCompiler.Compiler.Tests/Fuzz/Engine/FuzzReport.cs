namespace BertCompiler.Compiler.Tests.Fuzz.Engine;

/// <summary>What a run did.</summary>
/// <param name="Target">The parser.</param>
/// <param name="Executions">Inputs tried.</param>
/// <param name="Took">Time.</param>
/// <param name="Corpus">Inputs kept as parents.</param>
/// <param name="Edges">Branches seen; null: the code is not instrumented.</param>
/// <param name="Findings">What went wrong, one for each signature.</param>
internal sealed record FuzzReport(string Target, long Executions, TimeSpan Took, int Corpus, int? Edges, IReadOnlyCollection<FuzzFinding> Findings)
{
    public override string ToString()
    {
        double rate = Executions / Math.Max(Took.TotalSeconds, 1e-3);
        string edges = Edges is null ? "not coverage-guided" : $"{Edges:N0} edges";
        return $"{Target}: {Executions:N0} executions in {Took.TotalSeconds:N0} s ({rate:N0}/s), corpus {Corpus:N0}, {edges}, {Findings.Count} findings";
    }
}
