namespace BertCompiler.Tool.Commands.Tokenizing;

/// <summary>What <c>bertc tokenize</c> did with files.</summary>
/// <param name="Counts">Lines, tokens, cut texts.</param>
/// <param name="Time">How long it took, from the first file's opening to the last one's end.</param>
internal sealed record TokenizeSummary(TokenCounts Counts, TimeSpan Time)
{
    public double TokensPerSecond => Counts.Tokens / Math.Max(Time.TotalSeconds, 1e-6);

    /// <summary>One line for a person.</summary>
    public override string ToString()
    {
        string cut = Counts.Cut > 0 ? $", {Wording.Count(Counts.Cut, "text", "N0")} cut" : "";
        return FormattableString.Invariant($"{Wording.Count(Counts.Lines, "line", "N0")}, {Wording.Count(Counts.Tokens, "token", "N0")}, {TokensPerSecond:N0} tokens/s{cut}");
    }
}
