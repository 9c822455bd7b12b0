namespace BertCompiler;

/// <summary>How a question is answered (the arguments of transformers' question answering pipeline).</summary>
public sealed record AnswerOptions
{
    /// <summary>How many answers at most.</summary>
    public int Top { get; init; } = 1;

    /// <summary>The most tokens of an answer.</summary>
    public int MaxAnswerTokens { get; init; } = 15;

    /// <summary>The most tokens of a window: question, part of the context and special tokens; null: 384, or what the model reads.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Tokens of the context that neighbouring windows share; null: half of a window, at most 128.</summary>
    public int? DocStride { get; init; }

    /// <summary>Whether "the context does not answer the question" is one of the answers.</summary>
    public bool HandleImpossible { get; init; }

    /// <summary>Whether an answer is widened to whole words.</summary>
    public bool AlignToWords { get; init; } = true;
}
