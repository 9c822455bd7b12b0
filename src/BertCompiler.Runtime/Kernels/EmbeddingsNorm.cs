namespace BertCompiler.Kernels;

/// <summary>The LayerNorm at the end of an embedding layer; its default is none.</summary>
/// <param name="scale">Scale, [H]; null: there is no LayerNorm.</param>
/// <param name="shift">Shift, [H].</param>
/// <param name="epsilon">Added to the variance.</param>
internal readonly unsafe struct EmbeddingsNorm(float* scale, float* shift, float epsilon)
{
    private readonly float* _scale = scale;
    private readonly float* _shift = shift;
    private readonly float _epsilon = epsilon;

    /// <summary>Normalises a row where it lies.</summary>
    public void Apply<T>(float* row, int columns) where T : struct, ILanes<T>
    {
        if (_scale != null) LayerNormKernel.Normalize<T>(row, _scale, _shift, _epsilon, columns, row);
    }
}
