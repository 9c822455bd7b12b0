using BertCompiler.Core.Problems;
using BertCompiler.Tool.Tokenizers.Verification;

namespace BertCompiler.Tool.Verification;

/// <summary>A tokenizer's folder that carries its own cases: <c>cases_*.jsonl</c> and <c>sweep.safetensors</c>.</summary>
internal sealed class TokenizerFolderVerifier : IFolderVerifier
{
    private const string Kind = "tokenizer with cases";

    /// <inheritdoc/>
    public bool Recognises(string folder) => TokenizerVerifier.CanVerify(folder);

    /// <inheritdoc/>
    public FolderReport Verify(string folder, CancellationToken cancellation)
    {
        TokenizerVerification result = TokenizerVerifier.Verify(folder);
        Problem[] errors = [.. result.Problems.Where(p => p.Severity == Severity.Error)];
        if (errors.Length > 0)
        {
            bool unsupported = errors.All(p => p.Kind == ProblemKinds.TokenizerUnsupported);
            return FolderReport.Without(folder, Kind, unsupported ? Verdict.NotSupported : Verdict.Failed, errors.Select(p => p.ToString()));
        }

        var lines = new List<string>();
        foreach (TokenizerVerificationRow row in result.Rows)
        {
            lines.Add($"{row.Name}: {row.Cases} cases; different: {row.IdsDifferent} ids, {row.OffsetsDifferent} offsets, {row.WordIdsDifferent} word ids, {row.OtherDifferent} other");
            if (row.FirstDifference is { } first) lines.Add(first);
        }

        lines.Add($"{result.Rows.Sum(r => r.Cases)} cases; different: {result.Rows.Sum(r => r.IdsDifferent)} ids, {result.Rows.Sum(r => r.OffsetsDifferent)} offsets");
        return new FolderReport(folder, Kind, result.Passed ? Verdict.Passed : Verdict.Failed, lines, []);
    }
}
