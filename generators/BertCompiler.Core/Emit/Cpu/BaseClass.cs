using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary>The runtime class that a generated one derives from: it has the typed results of the model's head.</summary>
internal static class BaseClass
{
    /// <summary>Name in the namespace BertCompiler, with its type argument.</summary>
    public static string Of(EmitContext context)
    {
        if (context.Plan.Sentence is not null) return "SentenceEncoder";
        string label = context.Spec.Head.Labels.Count > 0 ? $"<{context.Request.ClassName}.Label>" : "";
        return context.Spec.Head.Kind switch
        {
            HeadKind.None => "EncoderModel",
            HeadKind.SequenceClassification => "SequenceClassifier" + label,
            HeadKind.TokenClassification => "TokenClassifier" + label,
            HeadKind.QuestionAnswering => "QuestionAnswerer",
            HeadKind.MultipleChoice => "MultipleChoiceModel",
            HeadKind.MaskedLanguageModel => "MaskedLanguageModel",
            HeadKind.NextSentencePrediction => "NextSentenceModel",
            HeadKind.PreTraining => "PreTrainingModel",
            HeadKind.ReplacedTokens => "ReplacedTokenDetector",
            var other => throw new ArgumentOutOfRangeException(nameof(context), other, "no runtime class for this head"),
        };
    }

    /// <summary>Whether that class takes a description of the head.</summary>
    public static bool HasHead(EmitContext context) => context.Plan.Sentence is null && context.Spec.Head.Kind != HeadKind.None;
}
