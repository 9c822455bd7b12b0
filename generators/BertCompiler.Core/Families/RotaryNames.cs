namespace BertCompiler.Core.Families;

/// <summary>What transformers' modules call the tensors of the rotary post-norm encoders (NomicBERT, GTE, Jina v3): files that were saved from them have these.</summary>
internal static class RotaryNames
{
    /// <summary>The same family under the names of the modules.</summary>
    /// <param name="released">The family under the names of its released files.</param>
    /// <param name="intermediate">The first feed-forward product.</param>
    /// <param name="output">The second.</param>
    public static Family Of(Family released, string[] intermediate, string output) => released with
    {
        EmbeddingNorm = "embeddings.LayerNorm",
        QueryKeyValue = new(["layers.{layer}.self_attn.q_proj", "layers.{layer}.self_attn.k_proj", "layers.{layer}.self_attn.v_proj"]),
        AttentionOutput = "layers.{layer}.self_attn.o_proj",
        AttentionNorm = "layers.{layer}.post_attention_layernorm",
        Intermediate = new(intermediate.Select(name => new Plan.TensorStem("layers.{layer}.mlp." + name))),
        Output = "layers.{layer}.mlp." + output,
        OutputNorm = "layers.{layer}.post_mlp_layernorm",
    };
}
