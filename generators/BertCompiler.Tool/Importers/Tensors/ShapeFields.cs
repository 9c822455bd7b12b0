using BertCompiler.Core.Families;

namespace BertCompiler.Tool.Importers.Tensors;

/// <summary>Which fields of config.json decide the shape of a packed tensor: where a person must look when they differ.</summary>
internal static class ShapeFields
{
    /// <summary>The fields, in quotes.</summary>
    public static string Of(string packedTensor, ConfigNames names)
    {
        string hidden = $"'{names.Hidden}'";
        string width = names.EmbeddingWidth is { } w ? $"'{w}'" : hidden;
        return packedTensor switch
        {
            "WordTable" or "Decoder" => $"'vocab_size' and {width}",
            "DecoderBias" => "'vocab_size'",
            "PositionTable" => $"'max_position_embeddings' and {width}",
            "TypeTable" => $"'type_vocab_size' and {width}",
            "EmbeddingNormScale" or "EmbeddingNormShift" => width,
            "EmbeddingProjection" => $"{width} and {hidden}",
            "Distances" => $"'max_position_embeddings', {hidden} and '{names.Heads}'",
            "DistanceBuckets" => $"'relative_attention_num_buckets' and '{names.Heads}'",
            "Intermediate" or "Output" => $"'{names.FeedForward}' and {hidden}",
            "IntermediateBias" => $"'{names.FeedForward}'",
            "Classifier" or "ClassifierBias" => $"'architectures' and {hidden}",
            _ => hidden,
        };
    }
}
