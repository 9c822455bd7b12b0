using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>
/// BERT (Devlin et al. 2019, arXiv:1810.04805), with the tensor names of Hugging Face transformers, <c>models/bert/modeling_bert.py</c>.
/// </summary>
public static class BertFamily
{
    private static HeadPart NextSentence { get; } = new()
    {
        Name = "NextSentence",
        From = HeadInput.Pooler,
        Scores = "cls.seq_relationship",
        Columns = HeadColumns.Two,
        Outputs = new(["logits"]),
    };

    /// <summary>Of the two names of its bias, <c>decoder.bias</c> counts if both are there (transformers 5.23).</summary>
    internal static HeadPart MaskedLanguageModel { get; } = new()
    {
        Name = "Decoder",
        From = HeadInput.EachToken,
        Dense = "cls.predictions.transform.dense",
        Norm = "cls.predictions.transform.LayerNorm",
        Scores = "cls.predictions.decoder",
        BiasElsewhere = "cls.predictions.bias",
        IsTied = true,
        Columns = HeadColumns.Vocabulary,
        Outputs = new(["logits"]),
    };

    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = new()
    {
        ModelType = "bert",
        Prefix = "bert.",
        WordTable = "embeddings.word_embeddings",
        PositionTable = "embeddings.position_embeddings",
        TypeTable = "embeddings.token_type_embeddings",
        EmbeddingNorm = "embeddings.LayerNorm",
        QueryKeyValue = new([
            "encoder.layer.{layer}.attention.self.query",
            "encoder.layer.{layer}.attention.self.key",
            "encoder.layer.{layer}.attention.self.value"]),
        DistanceTable = "encoder.layer.{layer}.attention.self.distance_embedding",
        AttentionOutput = "encoder.layer.{layer}.attention.output.dense",
        AttentionNorm = "encoder.layer.{layer}.attention.output.LayerNorm",
        Intermediate = new(["encoder.layer.{layer}.intermediate.dense"]),
        Output = "encoder.layer.{layer}.output.dense",
        OutputNorm = "encoder.layer.{layer}.output.LayerNorm",
        Pooler = "pooler.dense",
        Architectures = Classes("Bert"),
        IgnoredTensors = new(["embeddings.position_ids", "embeddings.token_type_ids"]),
    };

    /// <summary>The classes of BERT and of its relatives that have the same heads.</summary>
    /// <param name="name">What the classes' names begin with.</param>
    internal static EquatableArray<ArchitectureRule> Classes(string name) => new([
        new(name + "Model"),
        new(name + "ForSequenceClassification", HeadKind.SequenceClassification, HeadPart.PooledClassifier),
        new(name + "ForMultipleChoice", HeadKind.MultipleChoice, HeadPart.PooledClassifier with { Columns = HeadColumns.One }),
        new(name + "ForNextSentencePrediction", HeadKind.NextSentencePrediction, NextSentence),
        new(name + "ForPreTraining", HeadKind.PreTraining, new EquatableArray<HeadPart>([
            MaskedLanguageModel with { Outputs = new(["prediction_logits"]) },
            NextSentence with { Outputs = new(["seq_relationship_logits"]) }])),
        new(name + "ForTokenClassification", HeadKind.TokenClassification, HeadPart.TokenClassifier),
        new(name + "ForQuestionAnswering", HeadKind.QuestionAnswering, HeadPart.Span),
        new(name + "ForMaskedLM", HeadKind.MaskedLanguageModel, MaskedLanguageModel)]);
}
