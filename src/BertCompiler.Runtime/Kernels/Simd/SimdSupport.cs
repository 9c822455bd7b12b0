using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace BertCompiler.Kernels;

/// <summary>Which register widths this process can use, and which one it uses.</summary>
internal static class SimdSupport
{
    /// <summary>The environment variable that forces a width: <c>scalar</c>, <c>128</c>, <c>256</c> or <c>512</c>.</summary>
    public const string Variable = "BERTCOMPILER_SIMD";

    private static readonly EnvironmentSetting<object> _current = new(Variable, text => Parse(text));

    /// <summary>The width in use: the widest one, unless the environment names another.</summary>
    /// <exception cref="EnvironmentVariableException">The environment names a width that does not exist or that this program cannot run.</exception>
    public static SimdWidth Current => (SimdWidth)_current.Value;

    /// <summary>The widest width that this CPU has and this program was compiled for.</summary>
    public static SimdWidth Widest =>
        IsSupported(SimdWidth.Vector512) ? SimdWidth.Vector512
        : IsSupported(SimdWidth.Vector256) ? SimdWidth.Vector256
        : IsSupported(SimdWidth.Vector128) ? SimdWidth.Vector128
        : SimdWidth.Scalar;

    /// <summary>Whether kernels can run at that width. Under NativeAOT the answer is known when the program is compiled.</summary>
    public static bool IsSupported(SimdWidth width) => width switch
    {
        SimdWidth.Vector512 => Vector512.IsHardwareAccelerated && Avx512F.IsSupported,
        SimdWidth.Vector256 => Avx2.IsSupported && Fma.IsSupported,
        SimdWidth.Vector128 => Vector128.IsHardwareAccelerated,
        _ => true,
    };

    /// <summary>What kernels of that width run on, for people.</summary>
    public static string Describe(SimdWidth width) => width switch
    {
        SimdWidth.Vector512 => "AVX-512",
        SimdWidth.Vector256 => "AVX2 and FMA",
        SimdWidth.Vector128 when AdvSimd.IsSupported => "NEON",
        SimdWidth.Vector128 when SoftwareFma.IsUsed => "SSE without FMA",
        SimdWidth.Vector128 => "SSE and FMA",
        _ => "scalar",
    };

    /// <summary>The width that a value of <see cref="Variable"/> names; none, or empty: the widest.</summary>
    public static SimdWidth Parse(string? text)
    {
        SimdWidth width = text switch
        {
            null or "" => Widest,
            "scalar" => SimdWidth.Scalar,
            "128" => SimdWidth.Vector128,
            "256" => SimdWidth.Vector256,
            "512" => SimdWidth.Vector512,
            _ => throw new EnvironmentVariableException(Variable, text, "expected scalar, 128, 256 or 512"),
        };
        return IsSupported(width) ? width
            : throw new EnvironmentVariableException(Variable, text!, $"this CPU, or the instruction set that this program was compiled for, has no registers of that width for the kernels; the widest is {(int)Widest} bits");
    }
}
