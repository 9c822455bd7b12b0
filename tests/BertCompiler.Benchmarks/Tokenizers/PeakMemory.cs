using System.Globalization;

namespace BertCompiler.Benchmarks.Tokenizers;

/// <summary>The most memory that this process has held; Linux only, elsewhere 0.</summary>
internal static class PeakMemory
{
    private const string Status = "/proc/self/status";
    private const string Peak = "VmHWM:";

    /// <summary>Counts from now on.</summary>
    public static void Reset()
    {
        GC.Collect();
        if (File.Exists(Status)) File.WriteAllText("/proc/self/clear_refs", "5");
    }

    /// <summary>The peak, in MB of 10⁶ bytes.</summary>
    public static double Megabytes()
    {
        if (!File.Exists(Status)) return 0;
        string line = File.ReadLines(Status).First(l => l.StartsWith(Peak, StringComparison.Ordinal));
        return 1024e-6 * long.Parse(line[Peak.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
