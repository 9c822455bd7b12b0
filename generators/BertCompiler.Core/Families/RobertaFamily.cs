using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>
/// RoBERTa (Liu et al. 2019, arXiv:1907.11692): BERT's encoder, positions counted from behind the pad id, heads of its own
/// (<c>models/roberta/modeling_roberta.py</c>).
/// </summary>
public static class RobertaFamily
{
    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = Named("roberta", "Roberta");

    /// <summary>The same network under another <c>model_type</c> and with other class names.</summary>
    internal static Family Named(string modelType, string classes) => BertFamily.Description with
    {
        ModelType = modelType,
        Prefix = "roberta.",
        Positions = PositionRule.AfterPadding,
        DefaultPadTokenId = 1,
        Architectures = new([
            new(classes + "Model"),
            new(classes + "ForMaskedLM", HeadKind.MaskedLanguageModel, HeadPart.LmHead),
            new(classes + "ForSequenceClassification", HeadKind.SequenceClassification, HeadPart.FirstTokenClassifier("classifier.dense", Activation.Tanh, "classifier.out_proj")),
            new(classes + "ForTokenClassification", HeadKind.TokenClassification, HeadPart.TokenClassifier),
            new(classes + "ForQuestionAnswering", HeadKind.QuestionAnswering, HeadPart.Span),
            new(classes + "ForMultipleChoice", HeadKind.MultipleChoice, HeadPart.PooledClassifier with { Columns = HeadColumns.One })]),
    };
}
