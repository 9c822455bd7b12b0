using BertCompiler.Tool.Compilation;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary><c>token_classification</c>.</summary>
internal sealed class TokenClassificationVerifier(ModelCache cache) : TaskVerifier(cache, "token-classification")
{
    /// <inheritdoc/>
    protected override void Compare(TaskFolder folder, CaseTally tally, CancellationToken cancellation)
    {
        using TokenClassifier model = Load<TokenClassifier>(folder, cancellation);
        TokenClassificationCases.Compare(model, folder, tally);
    }
}
