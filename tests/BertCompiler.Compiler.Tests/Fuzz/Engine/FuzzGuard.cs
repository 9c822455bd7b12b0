using System.Diagnostics;

namespace BertCompiler.Compiler.Tests.Fuzz.Engine;

/// <summary>
/// Executes a target once and holds it to the rules: no exception but declared ones, at most 5 s, and at most 64 MB and four times the
/// input allocated. What is allocated in all bounds what is held at once.
/// </summary>
internal static class FuzzGuard
{
    /// <summary>Longest time of one execution.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromSeconds(5);

    private const long MostBytes = 64L << 20;

    /// <summary>Executes; null: the rules are kept.</summary>
    public static FuzzFinding? Run(IFuzzTarget target, byte[] input)
    {
        FuzzFinding? finding = RunOnce(target, input);

        // The machine may have been busy with something else: what is slow is slow twice.
        return finding?.Signature == "slow" ? RunOnce(target, input) : finding;
    }

    private static FuzzFinding? RunOnce(IFuzzTarget target, byte[] input)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        try
        {
            target.Run(input);
        }
        catch (Exception e)
        {
            return new FuzzFinding($"{e.GetType().Name}-{Place(e)}", e.ToString(), input);
        }

        TimeSpan took = Stopwatch.GetElapsedTime(started);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (took > MostTime) return new FuzzFinding("slow", $"took {took}", input);
        long most = MostBytes + (4L * input.Length);
        return allocated > most ? new FuzzFinding("memory", $"allocated {allocated} bytes for an input of {input.Length}; at most {most} are allowed", input) : null;
    }

    /// <summary>The innermost method of the project that is no test.</summary>
    private static string Place(Exception e)
    {
        foreach (StackFrame frame in new StackTrace(e).GetFrames())
        {
            if (frame.GetMethod() is not { DeclaringType: { Namespace: { } space } type } method) continue;
            if (space.StartsWith("BertCompiler", StringComparison.Ordinal) && !space.StartsWith("BertCompiler.Compiler.Tests", StringComparison.Ordinal)) return $"{type.Name}.{method.Name}";
        }

        return "target";
    }
}
