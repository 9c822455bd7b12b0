using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>
/// MPNet (Song et al. 2020, arXiv:2004.09297): no token types, positions counted from behind pad id 1, and a learned bias for each head and
/// bucketed distance that all layers share (<c>models/mpnet/modeling_mpnet.py</c>).
/// </summary>
public static class MPNetFamily
{
    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = BertFamily.Description with
    {
        ModelType = "mpnet",
        Prefix = "mpnet.",
        TypeTable = null,
        QueryKeyValue = new([
            "encoder.layer.{layer}.attention.attn.q",
            "encoder.layer.{layer}.attention.attn.k",
            "encoder.layer.{layer}.attention.attn.v"]),
        DistanceTable = null,
        BucketTable = "encoder.relative_attention_bias",
        AttentionOutput = "encoder.layer.{layer}.attention.attn.o",
        AttentionNorm = "encoder.layer.{layer}.attention.LayerNorm",
        Positions = PositionRule.AfterPadding,
        FixedPadTokenId = 1,
        DefaultPadTokenId = 1,
        Architectures = new([
            new("MPNetModel"),
            new("MPNetForMaskedLM", HeadKind.MaskedLanguageModel, HeadPart.LmHead),
            new("MPNetForSequenceClassification", HeadKind.SequenceClassification, HeadPart.FirstTokenClassifier("classifier.dense", Activation.Tanh, "classifier.out_proj")),
            new("MPNetForTokenClassification", HeadKind.TokenClassification, HeadPart.TokenClassifier),
            new("MPNetForQuestionAnswering", HeadKind.QuestionAnswering, HeadPart.Span),
            new("MPNetForMultipleChoice", HeadKind.MultipleChoice, HeadPart.PooledClassifier with { Columns = HeadColumns.One })]),
    };
}
