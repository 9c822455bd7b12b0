using System.Text.Json;
using BertCompiler.Tool.Compilation;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary><c>next_sentence</c>.</summary>
internal sealed class NextSentenceVerifier(ModelCache cache) : TaskVerifier(cache, "next-sentence")
{
    /// <inheritdoc/>
    protected override void Compare(TaskFolder folder, CaseTally tally, CancellationToken cancellation)
    {
        int length = folder.Description.Count("max_length")!.Value;
        using HeadModel model = Load<HeadModel>(folder, cancellation);
        foreach (JsonElement row in folder.Rows()) NextSentenceCases.Compare(model, row, length, tally);
    }
}
