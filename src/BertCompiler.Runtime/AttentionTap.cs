using BertCompiler.Kernels;

namespace BertCompiler;

/// <summary>Hands the attention probabilities of one layer to a model's outputs.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AttentionTap(IModelOutputs outputs, int layer) : IAttentionTap
{
    /// <inheritdoc/>
    public void Accept(int sequence, int head, Rows probabilities) => outputs.Attention(layer, sequence, head, probabilities);
}
