namespace BertCompiler;

/// <summary>One of the n best answers of the SQuAD script.</summary>
/// <param name="Text">The answer; empty: there is none in the context.</param>
/// <param name="Probability">Softmax of start + end over the n best.</param>
/// <param name="StartLogit">Logit of its first token.</param>
/// <param name="EndLogit">Logit of its last token.</param>
public readonly record struct SquadCandidate(string Text, float Probability, float StartLogit, float EndLogit)
{
    /// <summary>For people: <c>"Ada" 0.98</c>.</summary>
    public override string ToString() => $"{(Text.Length == 0 ? "no answer" : Printed.Quoted(Text))} {Printed.Number(Probability)}";
}
