using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Tokenizers.Verification;

/// <summary>What comparing a tokenizer with the cases in its folder gave.</summary>
/// <param name="Rows">One for each file of cases; none where the tokenizer cannot be used.</param>
/// <param name="Problems">What is to be said about the tokenizer's files.</param>
internal sealed record TokenizerVerification(IReadOnlyList<TokenizerVerificationRow> Rows, IReadOnlyList<Problem> Problems)
{
    /// <summary>Whether there were cases and none differs.</summary>
    public bool Passed => Rows.Count > 0 && Rows.All(r => r.Passed) && Problems.All(p => p.Severity != Severity.Error);
}
