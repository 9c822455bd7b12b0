using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>What may stand at one mask of a text.</summary>
/// <param name="Span">The mask's place in the text, string indices.</param>
/// <param name="TokenIndex">Index of its token, special tokens counted.</param>
/// <param name="Candidates">The likeliest words, best first.</param>
/// <param name="Truncated">Whether the text was cut because it is longer than the model can read: masks behind the cut are not answered.</param>
public sealed record MaskPrediction(TextSpan Span, int TokenIndex, IReadOnlyList<FilledMask> Candidates, bool Truncated)
{
    /// <summary>The likeliest word.</summary>
    public FilledMask Best => Candidates[0];

    /// <summary>For people: <c>mask at 12..18: "france" 0.98, "europe" 0.01, …</c>.</summary>
    public override string ToString() => $"mask at {Span}: {Printed.First([.. Candidates.Select(c => $"{Printed.Quoted(c.Token)} {Printed.Number(c.Score)}")])}{Printed.Cut(Truncated)}";
}
