using BertCompiler.Kernels;

namespace BertCompiler.Tool.Compilation;

/// <summary>Says once, when a model is first loaded, that this CPU is one on which kernels are slow. A library says nothing; a command line may.</summary>
internal static class SlowCpu
{
    private static int _said;

    public static void WarnOnce()
    {
        if (!SoftwareFma.IsUsed || Interlocked.Exchange(ref _said, 1) != 0) return;
        Console.Error.WriteLine("this CPU has no AVX2 and FMA: results have the same bits, but take some 20 times as long");
    }
}
