namespace BertCompiler.Core.Plan;

/// <summary>A packed tensor and what it is made of.</summary>
/// <param name="Tensor">How and where it lies.</param>
/// <param name="Content">What the import writes there.</param>
public sealed record TensorRecipe(PackedTensor Tensor, TensorContent Content)
{
    /// <summary>Its name in generated code.</summary>
    public string Name => Tensor.Name;

    /// <summary>Tensors of the checkpoint that it needs.</summary>
    public EquatableArray<SourceTensor> Sources => Content.Sources;
}
