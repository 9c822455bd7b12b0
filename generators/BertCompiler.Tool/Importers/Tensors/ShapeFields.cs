namespace BertCompiler.Tool.Importers.Tensors;

/// <summary>Which fields of config.json decide the shape of a packed tensor: where a person must look when they differ.</summary>
internal static class ShapeFields
{
    /// <summary>The fields, in quotes.</summary>
    public static string Of(string packedTensor) => packedTensor switch
    {
        "WordTable" or "Decoder" => "'vocab_size' and 'hidden_size'",
        "DecoderBias" => "'vocab_size'",
        "PositionTable" => "'max_position_embeddings' and 'hidden_size'",
        "TypeTable" => "'type_vocab_size' and 'hidden_size'",
        "Intermediate" or "Output" => "'intermediate_size' and 'hidden_size'",
        "IntermediateBias" => "'intermediate_size'",
        "Classifier" or "ClassifierBias" => "'architectures' and 'hidden_size'",
        _ => "'hidden_size'",
    };
}
