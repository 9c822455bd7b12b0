using System.Diagnostics;

namespace BertCompiler.Compiler.Tests.Fuzz.Engine;

/// <summary>
/// Edits inputs and executes them. With coverage, an input that takes a new branch becomes a parent of further ones (as AFL does it);
/// without, all parents are seeds.
/// </summary>
internal sealed class FuzzLoop(IFuzzTarget target, FuzzOptions options, ICoverage? coverage = null)
{
    private const int MostCorpus = 20_000;
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(10);

    private readonly List<byte[]> _corpus = [];
    private readonly Dictionary<string, FuzzFinding> _findings = new(StringComparer.Ordinal);
    private readonly Random _random = new(options.Seed);
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _executions;

    private TimeSpan Took => Stopwatch.GetElapsedTime(_started);

    /// <summary>Runs to the limits.</summary>
    public FuzzReport Run()
    {
        foreach (byte[] seed in target.Seeds)
        {
            if (Execute(seed) || coverage is null) _corpus.Add(seed);
        }

        var mutator = new Mutator(target, _random);
        TimeSpan next = ProgressEvery;
        while (_executions < options.MostRuns && Took < options.MostTime)
        {
            byte[] input = mutator.Mutate(Choose(), Choose());
            if (_random.Next(4) != 0) input = target.Repair(input);
            if (Execute(input) && _corpus.Count < MostCorpus) _corpus.Add(input);
            if (options.Progress is null || Took < next) continue;
            options.Progress(Report());
            next = Took + ProgressEvery;
        }

        return Report();
    }

    /// <summary>Executes; true: it took a new branch.</summary>
    private bool Execute(byte[] input)
    {
        options.Before?.Invoke(input);
        coverage?.Reset();
        _executions++;
        FuzzFinding? finding = FuzzGuard.Run(target, input);
        bool isNew = coverage?.Collect() ?? false;
        if (finding is null) return isNew;
        if (!_findings.TryGetValue(finding.Signature, out FuzzFinding? known) || finding.Input.Length < known.Input.Length) _findings[finding.Signature] = finding;
        return false;
    }

    /// <summary>A parent: late ones and short ones more often.</summary>
    private byte[] Choose()
    {
        byte[] a = _corpus[Math.Max(_random.Next(_corpus.Count), _random.Next(_corpus.Count))];
        byte[] b = _corpus[_random.Next(_corpus.Count)];
        return a.Length <= b.Length == (_random.Next(3) != 0) ? a : b;
    }

    private FuzzReport Report() => new(target.Name, _executions, Took, _corpus.Count, coverage?.Edges, [.. _findings.Values]);
}
