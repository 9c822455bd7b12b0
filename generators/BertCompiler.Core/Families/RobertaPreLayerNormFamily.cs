namespace BertCompiler.Core.Families;

/// <summary>
/// RoBERTa that normalises before each block (Ott et al. 2019, arXiv:1904.01038, fairseq's <c>--encoder-normalize-before</c>;
/// <c>models/roberta_prelayernorm/modeling_roberta_prelayernorm.py</c>).
/// </summary>
public static class RobertaPreLayerNormFamily
{
    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = RobertaFamily.Named("roberta-prelayernorm", "RobertaPreLayerNorm") with
    {
        Prefix = "roberta_prelayernorm.",
        AttentionNorm = "encoder.layer.{layer}.attention.LayerNorm",
        OutputNorm = "encoder.layer.{layer}.intermediate.LayerNorm",
        FinalNorm = "LayerNorm",
        Read = PreNorm.Read,
    };
}
