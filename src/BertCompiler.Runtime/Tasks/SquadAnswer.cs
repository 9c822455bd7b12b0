namespace BertCompiler;

/// <summary>What BERT's SQuAD script answers.</summary>
/// <param name="Text">The answer; empty: there is none in the context.</param>
/// <param name="NBest">The best answers, best first.</param>
/// <param name="NullOdds">By how much "no answer" is ahead of the best answer, in logits; null where no answer was not allowed.</param>
/// <param name="QuestionTruncated">Whether the question was cut.</param>
public sealed record SquadAnswer(string Text, IReadOnlyList<SquadCandidate> NBest, double? NullOdds, bool QuestionTruncated)
{
    /// <summary>For people: <c>"Ada", of 20 candidates: "Ada" 0.98, "Ada Lovelace" 0.02, …</c>.</summary>
    public override string ToString() => $"{(Text.Length == 0 ? "no answer" : Printed.Quoted(Text))}, of {Printed.Count(NBest.Count, "candidate")}: {Printed.First(NBest)}{(QuestionTruncated ? ", question cut" : "")}";
}
