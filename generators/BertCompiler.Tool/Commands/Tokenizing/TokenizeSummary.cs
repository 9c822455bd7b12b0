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
        string cut = Counts.Cut > 0 ? FormattableString.Invariant($", {Counts.Cut:N0} texts cut") : "";
        return FormattableString.Invariant($"{Counts.Lines:N0} lines, {Counts.Tokens:N0} tokens, {TokensPerSecond:N0} tokens/s{cut}");
    }
}
