using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>
/// BERT (Devlin et al. 2019, arXiv:1810.04805), with the tensor names of Hugging Face transformers, <c>models/bert/modeling_bert.py</c>.
/// </summary>
public static class BertFamily
{
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
        AttentionOutput = "encoder.layer.{layer}.attention.output.dense",
        AttentionNorm = "encoder.layer.{layer}.attention.output.LayerNorm",
        Intermediate = "encoder.layer.{layer}.intermediate.dense",
        Output = "encoder.layer.{layer}.output.dense",
        OutputNorm = "encoder.layer.{layer}.output.LayerNorm",
        Pooler = "pooler.dense",
        Architectures = new([
            new("BertModel", HeadKind.None, PoolerUse.IfPresent),
            new("BertForSequenceClassification", HeadKind.SequenceClassification, PoolerUse.Required),
            new("BertForMultipleChoice", HeadKind.MultipleChoice, PoolerUse.Required),
            new("BertForNextSentencePrediction", HeadKind.NextSentencePrediction, PoolerUse.Required),
            new("BertForPreTraining", HeadKind.PreTraining, PoolerUse.Required),
            new("BertForTokenClassification", HeadKind.TokenClassification, PoolerUse.None),
            new("BertForQuestionAnswering", HeadKind.QuestionAnswering, PoolerUse.None),
            new("BertForMaskedLM", HeadKind.MaskedLanguageModel, PoolerUse.None)]),
        IgnoredTensors = new(["embeddings.position_ids", "embeddings.token_type_ids"]),
    };
}
