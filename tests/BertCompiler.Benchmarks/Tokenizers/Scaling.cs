using System.Text;
using BertCompiler.Testing;

namespace BertCompiler.Benchmarks.Tokenizers;

/// <summary>What ten times the length costs: ten times the time, if it is linear.</summary>
internal static class Scaling
{
    private const int Word = 50_000;
    private const int Text = 1_000_000;
    private const int Lines = 10_000;
    private const int Repeat = 9;

    /// <summary>A prime that no number of lines divides: a walk in steps of it meets each line once.</summary>
    private const int Stride = 7919;

    private const int Growth = 10;

    /// <summary>Measures a tokenizer and writes its rows.</summary>
    public static void Run(BenchTokenizer bench)
    {
        string text = string.Join(' ', Mixed(CorpusLines.Take(Lines)))[..Text];
        Row(bench, "one word of letters", Letters(Word), Letters(Word * Growth));
        Row(bench, "one word, one letter again and again", new string('a', Word), new string('a', Word * Growth));
        Row(bench, "real text", text, string.Concat(Enumerable.Repeat(text, Growth)));
    }

    public static void WriteHead()
    {
        Console.WriteLine("| tokenizer | text | characters | ms | ten times | ms | growth | peak MB over the text |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|");
    }

    private static void Row(BenchTokenizer bench, string kind, string small, string large)
    {
        double few = Time(bench, small);
        PeakMemory.Reset();
        double before = PeakMemory.Megabytes();
        double many = Time(bench, large);
        double peak = PeakMemory.Megabytes() - before;
        Console.WriteLine(FormattableString.Invariant($"| {bench.Name} | {kind} | {small.Length} | {few:F2} | {large.Length} | {many:F2} | {many / few:F1} | {peak:F1} |"));
    }

    private static double Time(BenchTokenizer bench, string text)
    {
        var batch = new TokenBatch();
        Timing.Warm(() =>
        {
            batch.Clear();
            bench.Tokenizer.Append(text, int.MaxValue, batch);
        });
        return Timing.Median(Enumerable.Range(0, Repeat).Select(_ => Timing.ProcessorTimeOf(() =>
        {
            batch.Clear();
            bench.Tokenizer.Append(text, int.MaxValue, batch);
        })));
    }

    /// <summary>The lines of all corpora among each other.</summary>
    private static IEnumerable<string> Mixed(IReadOnlyList<string> lines) => Enumerable.Range(0, lines.Count).Select(i => lines[(int)((long)i * Stride % lines.Count)]);

    /// <summary>Letters as often as in English, so that pieces of all lengths come up.</summary>
    private static string Letters(int count)
    {
        const string often = "eeeeeeeeeeeetttttttttaaaaaaaaooooooooiiiiiiinnnnnnnsssssshhhhhhrrrrrrddddlllluuucccmmmwwffggyyppbbvk";
        var chance = new Random(1);
        var text = new StringBuilder(count);
        while (text.Length < count) text.Append(often[chance.Next(often.Length)]);
        return text.ToString();
    }
}
