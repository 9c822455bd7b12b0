using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>
/// ELECTRA (Clark et al. 2020, arXiv:2003.10555): BERT's encoder behind tables that may be narrower than the layers; a generator that fills
/// masks and a discriminator that spots replaced tokens (<c>models/electra/modeling_electra.py</c>).
/// </summary>
public static class ElectraFamily
{
    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = BertFamily.Description with
    {
        ModelType = "electra",
        Prefix = "electra.",
        Config = new ConfigNames { EmbeddingWidth = "embedding_size", DefaultEmbeddingWidth = 128 },
        EmbeddingProjection = "embeddings_project",
        Pooler = null,
        Architectures = new([
            new("ElectraModel"),
            new("ElectraForPreTraining", HeadKind.ReplacedTokens, new HeadPart
            {
                Name = "Replaced",
                From = HeadInput.EachToken,
                Dense = "discriminator_predictions.dense",
                Scores = "discriminator_predictions.dense_prediction",
                Columns = HeadColumns.One,
                Outputs = new(["logits"]),
                IsByColumn = true,
            }),
            new("ElectraForMaskedLM", HeadKind.MaskedLanguageModel, new HeadPart
            {
                Name = "Decoder",
                From = HeadInput.EachToken,
                Dense = "generator_predictions.dense",
                Activation = Activation.GeluErf,
                Norm = "generator_predictions.LayerNorm",
                DenseIsEmbeddingWide = true,
                Scores = "generator_lm_head",
                IsTied = true,
                Columns = HeadColumns.Vocabulary,
                Outputs = new(["logits"]),
            }),
            new("ElectraForSequenceClassification", HeadKind.SequenceClassification, HeadPart.FirstTokenClassifier("classifier.dense", Activation.GeluErf, "classifier.out_proj")),
            new("ElectraForTokenClassification", HeadKind.TokenClassification, HeadPart.TokenClassifier),
            new("ElectraForQuestionAnswering", HeadKind.QuestionAnswering, HeadPart.Span),
            new("ElectraForMultipleChoice", HeadKind.MultipleChoice, HeadPart.FirstTokenClassifier("sequence_summary.summary", Activation.GeluErf, "classifier") with { Columns = HeadColumns.One })]),
    };
}
