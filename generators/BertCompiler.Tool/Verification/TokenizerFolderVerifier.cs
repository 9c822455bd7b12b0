using BertCompiler.Core.Problems;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Tokenizers.Verification;

namespace BertCompiler.Tool.Verification;

/// <summary>
/// A tokenizer's folder that carries its own cases: <c>cases_*.jsonl</c> and <c>sweep.safetensors</c>. What runs is the generated tokenizer,
/// compiled as a build would.
/// </summary>
internal sealed class TokenizerFolderVerifier(ModelCache cache) : IFolderVerifier
{
    private const string Kind = "tokenizer with cases";

    /// <inheritdoc/>
    public bool Recognises(string folder) => TokenizerVerifier.CanVerify(folder);

    /// <inheritdoc/>
    public FolderReport Verify(string folder, CancellationToken cancellation)
    {
        TokenizerVerification result = TokenizerVerifier.Verify(folder, cache, cancellation);
        Problem[] errors = [.. result.Problems.Where(p => p.Severity == Severity.Error)];
        if (errors.Length > 0)
        {
            bool unsupported = errors.All(p => p.Kind == ProblemKinds.TokenizerUnsupported);
            return FolderReport.Without(folder, Kind, unsupported ? Verdict.NotSupported : Verdict.Failed, errors.Select(p => p.ToString()));
        }

        var lines = new List<string>();
        foreach (TokenizerVerificationRow row in result.Rows)
        {
            lines.Add($"{row.Name}: {row.Summary}");
            if (row.FirstDifference is { } first) lines.Add(first);
        }

        lines.Add(TokenizerVerificationRow.Sum(result.Rows).Summary);
        return new FolderReport(folder, Kind, result.Passed ? Verdict.Passed : Verdict.Failed, lines, []);
    }
}
