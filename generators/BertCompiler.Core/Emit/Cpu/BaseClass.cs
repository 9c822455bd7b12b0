using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary>The runtime class that a generated one derives from: it has the typed results of the model's head.</summary>
internal static class BaseClass
{
    /// <summary>Name in the namespace BertCompiler, with its type argument.</summary>
    public static string Of(EmitContext context)
    {
        if (context.Plan.Sentence is not null) return "SentenceEncoder";
        string label = HasLabelEnum(context) ? $"<{context.Request.ClassName}.Label>" : "";
        return context.Spec.Head.Kind switch
        {
            HeadKind.None => "EncoderModel",
            HeadKind.SequenceClassification => context.Spec.Head.Labels.Count == 1 ? "CrossEncoder" : "SequenceClassifier" + label,
            HeadKind.TokenClassification => "TokenClassifier" + label,
            HeadKind.QuestionAnswering => "QuestionAnswerer",
            HeadKind.MultipleChoice => "MultipleChoiceModel",
            HeadKind.MaskedLanguageModel => "MaskedLanguageModel",
            HeadKind.NextSentencePrediction => "NextSentenceModel",
            HeadKind.PreTraining => "PreTrainingModel",
            HeadKind.SentenceOrder => "SentenceOrderModel",
            HeadKind.ReplacedTokens => "ReplacedTokenDetector",
            var other => throw new ArgumentOutOfRangeException(nameof(context), other, "no runtime class for this head"),
        };
    }

    /// <summary>Whether labels are worth a type of their own: the one label of a cross-encoder is never chosen.</summary>
    public static bool HasLabelEnum(EmitContext context) => context.Spec.Head.Labels.Count > (context.Spec.Head.Kind == HeadKind.SequenceClassification ? 1 : 0);

    /// <summary>Whether that class takes a description of the head.</summary>
    public static bool HasHead(EmitContext context) => context.Plan.Sentence is null && context.Spec.Head.Kind != HeadKind.None;
}
