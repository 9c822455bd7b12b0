namespace BertCompiler.Core.Spec;

/// <summary>How the logits of a masked language model become one sparse vector a text (SPLADE; Formal et al. 2021).</summary>
/// <param name="Pooling">How tokens are joined.</param>
/// <param name="Activation">What is done to each logit.</param>
/// <param name="MaxActiveDimensions">The most entries that are kept, the greatest; 0: all.</param>
/// <param name="Similarity">How vectors are compared.</param>
public sealed record SparseSpec(SparsePooling Pooling, SparseActivation Activation, int MaxActiveDimensions, Similarity Similarity)
{
    /// <summary>What sentence-transformers makes of a masked language model that says nothing.</summary>
    public static SparseSpec Default { get; } = new(SparsePooling.Max, SparseActivation.Relu, 0, Similarity.Dot);
}
