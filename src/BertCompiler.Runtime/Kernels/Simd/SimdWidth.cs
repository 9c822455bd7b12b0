namespace BertCompiler.Kernels;

/// <summary>The register width that kernels run with, in bits of a register. Results have the same bits at every width.</summary>
internal enum SimdWidth
{
    /// <summary>One float at a time.</summary>
    Scalar = 32,

    /// <summary>128-bit registers: SSE, with FMA or in software what it does, or NEON.</summary>
    Vector128 = 128,

    /// <summary>256-bit registers: AVX2 with FMA.</summary>
    Vector256 = 256,

    /// <summary>512-bit registers: AVX-512F.</summary>
    Vector512 = 512,
}
