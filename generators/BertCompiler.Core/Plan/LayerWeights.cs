namespace BertCompiler.Core.Plan;

/// <summary>The weights of one layer of a kind.</summary>
/// <param name="Tensors">The tensors; offsets from the start of the layer's weights.</param>
/// <param name="Bytes">Bytes of one layer.</param>
public sealed record LayerWeights(EquatableArray<PackedTensor> Tensors, long Bytes);
