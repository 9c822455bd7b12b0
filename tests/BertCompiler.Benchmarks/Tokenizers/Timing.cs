using System.Diagnostics;

namespace BertCompiler.Benchmarks.Tokenizers;

/// <summary>Clock and median.</summary>
internal static class Timing
{
    /// <summary>Milliseconds of a call.</summary>
    public static double Of(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Milliseconds of processor time that this process spends on a call. With one thread it is the time of an idle machine, whatever others do.</summary>
    public static double ProcessorTimeOf(Action action)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }

    /// <summary>Calls until the just-in-time compiler has settled: two seconds of processor time, and at least four times.</summary>
    public static void Warm(Action action)
    {
        double spent = 0;
        for (int i = 0; i < 4 || spent < 2000; i++) spent += ProcessorTimeOf(action);
    }

    /// <summary>The middle one of several.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
