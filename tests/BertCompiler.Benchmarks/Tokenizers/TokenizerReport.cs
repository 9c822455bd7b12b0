namespace BertCompiler.Benchmarks.Tokenizers;

/// <summary>The tables of <see cref="TokenizerCommand"/>.</summary>
internal static class TokenizerReport
{
    public static void WriteMachine(IReadOnlyList<string> texts) => Console.WriteLine(FormattableString.Invariant(
        $"{Report.Cpu()}, .NET {Environment.Version}; {texts.Count} lines, {texts.Sum(t => (long)t.Length) / 1e6:F2} million characters; tokens/s are millions; one thread: processor time, all cores: time on the clock"));

    public static void WriteHead()
    {
        Console.WriteLine("| tokenizer | tokens | UTF-16 | UTF-8 | Hugging Face | ratio | all cores | Hugging Face, all cores | ratio | bytes/token | ids |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|");
    }

    public static void Write(TokenizerMeasurement m) => Console.WriteLine(FormattableString.Invariant(
        $"| {m.Name} | {m.Tokens} | {Millions(m, m.Utf16)} | {Millions(m, m.Utf8)} | {Millions(m, m.Theirs)} | {m.Theirs / m.Utf16:F1} | {Millions(m, m.AllCores)} | {Millions(m, m.TheirsAllCores)} | {m.TheirsAllCores / m.AllCores:F1} | {(double)m.Allocated / m.Tokens:F3} | {(m.SameIds ? "equal" : "DIFFERENT")} |"));

    public static void WritePeerHead()
    {
        Console.WriteLine("| tokenizer | other | tokens/s | other's | ratio | other's texts with other ids | opening ms | other's |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|");
    }

    public static void Write(PeerMeasurement m) => Console.WriteLine(FormattableString.Invariant(
        $"| {m.Name} | {m.Peer} | {m.Tokens / m.Ours / 1000:F2} | {m.Tokens / m.Theirs / 1000:F2} | {m.Theirs / m.Ours:F1} | {m.Different} of {m.Texts} | {m.OurOpening:F2} | {m.TheirOpening:F1} |"));

    private static string Millions(TokenizerMeasurement m, double milliseconds) => FormattableString.Invariant($"{m.PerSecond(milliseconds) / 1e6:F2}");
}
