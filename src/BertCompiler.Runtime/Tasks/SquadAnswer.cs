namespace BertCompiler;

/// <summary>What BERT's SQuAD script answers.</summary>
/// <param name="Text">The answer; empty: there is none in the context.</param>
/// <param name="NBest">The best answers, best first.</param>
/// <param name="NullOdds">By how much "no answer" is ahead of the best answer, in logits; null where no answer was not allowed.</param>
/// <param name="QuestionTruncated">Whether the question was cut.</param>
public sealed record SquadAnswer(string Text, IReadOnlyList<SquadCandidate> NBest, double? NullOdds, bool QuestionTruncated);
