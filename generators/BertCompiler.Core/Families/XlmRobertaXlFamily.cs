namespace BertCompiler.Core.Families;

/// <summary>
/// XLM-RoBERTa-XL (Goyal et al. 2021, arXiv:2105.00572): XLM-RoBERTa that normalises before each block, and not after the embeddings
/// (<c>models/xlm_roberta_xl/modeling_xlm_roberta_xl.py</c>).
/// </summary>
public static class XlmRobertaXlFamily
{
    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = RobertaFamily.Named("xlm-roberta-xl", "XLMRobertaXL") with
    {
        Config = new ConfigNames { DefaultEpsilon = 1e-5, DefaultTokenTypes = 1 },
        EmbeddingNorm = null,
        AttentionNorm = "encoder.layer.{layer}.attention.self_attn_layer_norm",
        OutputNorm = "encoder.layer.{layer}.LayerNorm",
        FinalNorm = "encoder.LayerNorm",
        Read = PreNorm.Read,
    };
}
