namespace BertCompiler.Core.Plan;

/// <summary>Which of a program's results the scores of a part of the head are; each is a method of the runtime's <c>EncoderProgram</c>.</summary>
public enum Logits
{
    /// <summary>A row for each sequence.</summary>
    Sequence,

    /// <summary>A row for every token.</summary>
    Token,

    /// <summary>A score for every word of the vocabulary, at the tokens that the caller asks for.</summary>
    Vocabulary,
}
