using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>A stretch of a context that answers a question.</summary>
/// <param name="Text">The text at that place, as it was written; empty: the context does not answer the question.</param>
/// <param name="Span">Where it stands in the context, string indices; (0, 0) where there is no answer.</param>
/// <param name="Score">Probability of its start times that of its end; places with the same text add up, so it may pass 1.</param>
public sealed record Answer(string Text, TextSpan Span, float Score)
{
    /// <summary>Whether this says that the context does not answer the question.</summary>
    public bool IsImpossible => Text.Length == 0;

    /// <summary>For people: <c>"Ada" at 4..7, 0.98</c>.</summary>
    public override string ToString() => IsImpossible ? $"no answer, {Printed.Number(Score)}" : $"{Printed.Quoted(Text)} at {Span}, {Printed.Number(Score)}";
}
