namespace BertCompiler.Compiler.Tests.Fuzz.Engine;

/// <summary>How long a run lasts and how it begins; it ends at whichever limit comes first.</summary>
/// <param name="MostRuns">Most executions.</param>
/// <param name="MostTime">Longest time.</param>
/// <param name="Seed">Same seed, same edits (without coverage: the same run).</param>
internal sealed record FuzzOptions(long MostRuns, TimeSpan MostTime, int Seed)
{
    /// <summary>Sees every input before it is executed: an input that ends the process is then known.</summary>
    public Action<byte[]>? Before { get; init; }

    /// <summary>Told of progress every ten seconds.</summary>
    public Action<FuzzReport>? Progress { get; init; }
}
