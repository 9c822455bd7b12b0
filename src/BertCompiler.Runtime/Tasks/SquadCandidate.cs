namespace BertCompiler;

/// <summary>One of the n best answers of the SQuAD script.</summary>
/// <param name="Text">The answer; empty: there is none in the context.</param>
/// <param name="Probability">Softmax of start + end over the n best.</param>
/// <param name="StartLogit">Logit of its first token.</param>
/// <param name="EndLogit">Logit of its last token.</param>
public readonly record struct SquadCandidate(string Text, float Probability, float StartLogit, float EndLogit);
