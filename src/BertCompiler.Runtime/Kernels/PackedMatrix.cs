namespace BertCompiler.Kernels;

/// <summary>
/// A weight matrix [K, N] (K inputs, N outputs) in panels of 32 outputs: [⌈N/32⌉][K][32], outputs beyond N are zeros. 64-byte aligned.
/// One layout serves every register width: a panel row is 2 registers of AVX-512, 4 of AVX2, 8 of 128 bits.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct PackedMatrix
{
    /// <summary>Number of outputs in a panel.</summary>
    public const int PanelWidth = 32;

    /// <summary>Describes memory that somebody else owns.</summary>
    public PackedMatrix(float* panels, int inputs, int outputs)
    {
        Panels = panels;
        Inputs = inputs;
        Outputs = outputs;
    }

    /// <summary>The first panel.</summary>
    public float* Panels { get; }

    /// <summary>K.</summary>
    public int Inputs { get; }

    /// <summary>N.</summary>
    public int Outputs { get; }

    /// <summary>⌈N/32⌉.</summary>
    public int PanelCount => (Outputs + PanelWidth - 1) / PanelWidth;
}
