using System.Text.Json;
using BertCompiler.Tool.Compilation;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary><c>multiple_choice</c>.</summary>
internal sealed class MultipleChoiceVerifier(ModelCache cache) : TaskVerifier(cache, "multiple-choice")
{
    /// <inheritdoc/>
    protected override void Compare(TaskFolder folder, CaseTally tally, CancellationToken cancellation)
    {
        using MultipleChoiceModel model = Load<MultipleChoiceModel>(folder, cancellation);
        foreach (JsonElement row in folder.Rows()) MultipleChoiceCases.Compare(model, row, tally);
    }
}
