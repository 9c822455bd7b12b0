using System.Text.Json;
using BertCompiler.Tool.Compilation;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary><c>text_classification</c>: a model for each <c>problem_type</c> that the cases ask for.</summary>
internal sealed class TextClassificationVerifier(ModelCache cache) : TaskVerifier(cache, "text-classification")
{
    /// <inheritdoc/>
    protected override void Compare(TaskFolder folder, CaseTally tally, CancellationToken cancellation)
    {
        foreach (IGrouping<string, JsonElement> rows in folder.Rows().GroupBy(r => r.GetProperty("config").GetRawText()))
        {
            using SequenceClassifier model = Load<SequenceClassifier>(folder, cancellation, rows.First().GetProperty("config"));
            foreach (JsonElement row in rows) TextClassificationCases.Compare(model, row, tally);
        }
    }
}
