namespace BertCompiler.Compiler.Tests.Fuzz.Engine;

/// <summary>What instrumented code reports: which branches were taken, and how often.</summary>
internal interface ICoverage
{
    /// <summary>Branches seen so far.</summary>
    int Edges { get; }

    /// <summary>Forgets what the last execution took.</summary>
    void Reset();

    /// <summary>Adds what was taken since <see cref="Reset"/>; true: some of it is new.</summary>
    bool Collect();
}
