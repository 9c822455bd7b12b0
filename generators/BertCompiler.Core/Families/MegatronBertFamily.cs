namespace BertCompiler.Core.Families;

/// <summary>
/// Megatron-BERT (Shoeybi et al. 2019, arXiv:1909.08053, §5.3): BERT that normalises before each block, and not after the embeddings
/// (<c>models/megatron_bert/modeling_megatron_bert.py</c>).
/// </summary>
public static class MegatronBertFamily
{
    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = BertFamily.Description with
    {
        ModelType = "megatron-bert",
        EmbeddingNorm = null,
        AttentionNorm = "encoder.layer.{layer}.attention.ln",
        OutputNorm = "encoder.layer.{layer}.ln",
        FinalNorm = "encoder.ln",
        Architectures = BertFamily.Classes("MegatronBert"),
        Read = PreNorm.Read,
    };
}
