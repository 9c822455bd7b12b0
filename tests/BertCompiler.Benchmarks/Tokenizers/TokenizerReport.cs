namespace BertCompiler.Benchmarks.Tokenizers;

/// <summary>The table of <see cref="TokenizerCommand"/>.</summary>
internal static class TokenizerReport
{
    public static void Write(IReadOnlyList<TokenizerMeasurement> measurements, IReadOnlyList<string> texts)
    {
        Console.WriteLine(FormattableString.Invariant($"{Report.Cpu()}, .NET {Environment.Version}; {texts.Count} lines, {texts.Sum(t => (long)t.Length) / 1e6:F2} million characters; one thread each unless said"));
        Console.WriteLine();
        Console.WriteLine("| tokenizer | tokens | tokens/s | tokens/s, all cores | tokens/s, Hugging Face | ratio | bytes/token | ids |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---|");
        foreach (TokenizerMeasurement m in measurements)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"| {m.Name} | {m.Tokens} | {m.PerSecond(m.Ours):F0} | {m.PerSecond(m.OursBothCores):F0} | {m.PerSecond(m.Theirs):F0} | {m.Ratio:F2} | {(double)m.Allocated / m.Tokens:F3} | {(m.SameIds ? "equal" : "DIFFERENT")} |"));
        }
    }
}
