using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>
/// DistilBERT (Sanh et al. 2019, arXiv:1910.01108): half of BERT's layers, no token types, no pooler
/// (<c>models/distilbert/modeling_distilbert.py</c>).
/// </summary>
public static class DistilBertFamily
{
    private static readonly HeadPart Classifier = HeadPart.FirstTokenClassifier("pre_classifier", Activation.Relu, "classifier");

    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = new()
    {
        ModelType = "distilbert",
        Prefix = "distilbert.",
        Config = new ConfigNames
        {
            Hidden = "dim",
            Heads = "n_heads",
            Layers = "n_layers",
            FeedForward = "hidden_dim",
            Activation = "activation",
            Sinusoidal = "sinusoidal_pos_embds",
        },
        WordTable = "embeddings.word_embeddings",
        PositionTable = "embeddings.position_embeddings",
        EmbeddingNorm = "embeddings.LayerNorm",
        QueryKeyValue = new([
            "transformer.layer.{layer}.attention.q_lin",
            "transformer.layer.{layer}.attention.k_lin",
            "transformer.layer.{layer}.attention.v_lin"]),
        AttentionOutput = "transformer.layer.{layer}.attention.out_lin",
        AttentionNorm = "transformer.layer.{layer}.sa_layer_norm",
        Intermediate = new(["transformer.layer.{layer}.ffn.lin1"]),
        Output = "transformer.layer.{layer}.ffn.lin2",
        OutputNorm = "transformer.layer.{layer}.output_layer_norm",
        FixedEpsilon = 1e-12,
        Architectures = new([
            new("DistilBertModel"),
            new("DistilBertForMaskedLM", HeadKind.MaskedLanguageModel, new HeadPart
            {
                Name = "Decoder",
                From = HeadInput.EachToken,
                Dense = "vocab_transform",
                Norm = "vocab_layer_norm",
                Scores = "vocab_projector",
                IsTied = true,
                Columns = HeadColumns.Vocabulary,
                Outputs = new(["logits"]),
            }),
            new("DistilBertForSequenceClassification", HeadKind.SequenceClassification, Classifier),
            new("DistilBertForTokenClassification", HeadKind.TokenClassification, HeadPart.TokenClassifier),
            new("DistilBertForQuestionAnswering", HeadKind.QuestionAnswering, HeadPart.Span),
            new("DistilBertForMultipleChoice", HeadKind.MultipleChoice, Classifier with { Columns = HeadColumns.One })]),
        IgnoredTensors = new(["embeddings.position_ids"]),
    };
}
