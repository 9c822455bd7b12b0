using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace BertCompiler.Compiler.Tests.Fuzz;

/// <summary>
/// Property-based runs over spoiled files. 300 a property; the environment variable BERTCOMPILER_FUZZ_RUNS sets another number
/// (2147483647 runs until it is stopped).
/// </summary>
internal static class FuzzRun
{
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(2);

    private static int Runs =>
        int.TryParse(Environment.GetEnvironmentVariable("BERTCOMPILER_FUZZ_RUNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int runs) ? runs : 300;

    /// <summary>Spoils a file by one to four edits (more, and almost nothing would come past the parser) and hands it to <paramref name="use"/>, which fails by throwing; so does taking long.</summary>
    public static void Spoil(byte[] good, Action<byte[]> use)
    {
        Arbitrary<int[]> edits = Arb.From(Gen.Choose(1, 4).SelectMany(n => Gen.Choose(0, int.MaxValue).ArrayOf(n)), WithoutOne);
        Prop.ForAll(edits, list =>
        {
            long started = Stopwatch.GetTimestamp();
            use(Edits.Apply(good, list));
            return Stopwatch.GetElapsedTime(started) < MostTime;
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(Runs));
    }

    private static IEnumerable<int[]> WithoutOne(int[] edits) =>
        edits.Length == 1 ? [] : Enumerable.Range(0, edits.Length).Select(skip => edits.Where((_, i) => i != skip).ToArray());
}
