using BertCompiler.Core.Config;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>Relatives of BERT that normalise before attention and before the feed-forward network, and once more after the last layer.</summary>
internal static class PreNorm
{
    /// <summary>What they make of BERT's configuration.</summary>
    public static ModelConfig Read(ConfigFields fields, ModelConfig config) =>
        config.WithLayers(layer => layer with { NormPlacement = NormPlacement.BeforeBlock }) with { FinalNorm = NormKind.LayerNorm };
}
