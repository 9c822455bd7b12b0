using BertCompiler.Core.Config;
using BertCompiler.Core.Families;

namespace BertCompiler.Tool.Importers.Tensors;

/// <summary>Which fields of config.json decide the shape of a packed tensor: where a person must look when they differ.</summary>
internal static class ShapeFields
{
    private const string Vocabulary = "vocab_size", Positions = "max_position_embeddings", Types = "type_vocab_size", Buckets = "relative_attention_num_buckets", TaskTypes = "task_type_vocab_size";

    /// <summary>The fields as a text, in quotes.</summary>
    public static string Of(string packedTensor, ConfigNames names)
    {
        string[] fields = [.. NamesOf(packedTensor, names).Select(f => $"'{f}'")];
        return fields.Length < 2 ? fields[0] : $"{string.Join(", ", fields[..^1])} and {fields[^1]}";
    }

    /// <summary>The fields, in the order of the dimensions.</summary>
    public static IReadOnlyList<string> NamesOf(string packedTensor, ConfigNames names)
    {
        string hidden = names.Hidden;
        string width = names.EmbeddingWidth ?? hidden;
        return packedTensor switch
        {
            "WordTable" or "Decoder" => [Vocabulary, width],
            "DecoderBias" => [Vocabulary],
            "PositionTable" => [Positions, width],
            "TypeTable" => [Types, width],
            "EmbeddingNormScale" or "EmbeddingNormShift" => [width],
            "EmbeddingProjection" => [width, hidden],
            "Distances" => [Positions, hidden, names.Heads],
            "DistanceBuckets" => [Buckets, names.Heads],
            "Intermediate" or "Output" => [names.FeedForward, hidden],
            "TaskTable" => [TaskTypes, width],
            "IntermediateBias" => [names.FeedForward],
            "Classifier" or "Span" or "NextSentence" or "SentenceOrder" or "Replaced" => ["architectures", hidden],
            "ClassifierBias" or "SpanBias" or "NextSentenceBias" or "SentenceOrderBias" or "ReplacedBias" => ["architectures"],
            _ => [hidden],
        };
    }

    /// <summary>The number that a field gives; null: it is not one.</summary>
    public static int? ValueOf(string field, ModelConfig config)
    {
        ConfigNames names = config.Family.Config;
        return field switch
        {
            Vocabulary => config.Vocabulary,
            Positions => config.Positions,
            Types => config.TokenTypes,
            TaskTypes => config.Embedding.TaskTypes,
            Buckets => config.Layers.First.DistanceBuckets,
            _ when field == names.Hidden => config.Hidden,
            _ when field == names.EmbeddingWidth => config.EmbeddingWidth,
            _ when field == names.FeedForward => config.FeedForward,
            _ when field == names.Heads => config.Heads,
            _ => null,
        };
    }
}
