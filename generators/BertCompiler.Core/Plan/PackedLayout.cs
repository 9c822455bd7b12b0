namespace BertCompiler.Core.Plan;

/// <summary>How a tensor lies in the packed file.</summary>
public enum PackedLayout
{
    /// <summary>Panels of 32 outputs, [⌈N/32⌉][K][32]; made from [N,K] tensors, concatenated on N.</summary>
    Matrix,

    /// <summary>N floats, zeros up to a multiple of 32; concatenated.</summary>
    Vector,

    /// <summary>Rows, each zero-filled to a multiple of 32 floats.</summary>
    Table,
}
