using BertCompiler.Core.Families;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>Which family an encoder is of, by the names of its parameters, and by structure where they say nothing.</summary>
internal static class FamilyGuess
{
    private const int LeastMultilingual = 200_000;
    private const int CamembertVocabulary = 32_005;

    /// <summary>The family whose names fit.</summary>
    /// <param name="names">The parameters' names, as the graph has them.</param>
    /// <param name="trunk">The encoder.</param>
    /// <param name="tables">Its tables.</param>
    /// <param name="countsPositions">Whether positions are counted (CumSum), as RoBERTa's followers do.</param>
    public static Family Of(IReadOnlyCollection<string> names, EncoderTrunk trunk, EmbeddingTables tables, bool countsPositions)
    {
        bool Any(params string[] parts) => names.Any(n => Array.Exists(parts, p => n.Contains(p, StringComparison.Ordinal)));
        if (Any(".q_lin.", "sa_layer_norm", "distilbert.")) return DistilBertFamily.Description;
        if (Any("attention.attn.", "relative_attention_bias", "mpnet.")) return MPNetFamily.Description;
        if (trunk.Projection is not null || Any("electra.", "discriminator_predictions.", "generator_predictions.", "generator_lm_head.")) return ElectraFamily.Description;
        bool isNamed = Any("attention.self.");
        if (!isNamed && tables.Types is null) return countsPositions ? MPNetFamily.Description : DistilBertFamily.Description;
        if (!countsPositions && !Any("roberta.", "lm_head.", "classifier.out_proj.")) return BertFamily.Description;
        return tables.Words?.Shape[0] switch
        {
            >= LeastMultilingual => XlmRobertaFamily.Description,
            CamembertVocabulary => CamembertFamily.Description,
            _ => RobertaFamily.Description,
        };
    }
}
