namespace BertCompiler.Core.Spec;

/// <summary>What sits on the encoder.</summary>
public enum HeadKind
{
    /// <summary>Nothing: hidden states are the result.</summary>
    None,

    /// <summary>One row of logits a text, from the pooled first token.</summary>
    SequenceClassification,

    /// <summary>One row of logits a token.</summary>
    TokenClassification,

    /// <summary>A start and an end logit a token.</summary>
    QuestionAnswering,

    /// <summary>One logit a choice, from the pooled first token.</summary>
    MultipleChoice,

    /// <summary>A row of V logits a token.</summary>
    MaskedLanguageModel,

    /// <summary>Whether the second text follows the first: two logits.</summary>
    NextSentencePrediction,

    /// <summary>Masked language model and next sentence prediction together.</summary>
    PreTraining,

    /// <summary>Masked language model and sentence order together: whether two texts stand in their order, two logits (ALBERT).</summary>
    SentenceOrder,

    /// <summary>One logit a token: whether it was replaced (ELECTRA's discriminator).</summary>
    ReplacedTokens,
}
