using System.Text.Json;
using BertCompiler.Tool.Compilation;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary><c>question_answering</c>, with the runs of the SQuAD script in its folder <c>run_squad</c>.</summary>
internal sealed class QuestionAnsweringVerifier(ModelCache cache) : TaskVerifier(cache, "question-answering")
{
    /// <inheritdoc/>
    protected override void Compare(TaskFolder folder, CaseTally tally, CancellationToken cancellation)
    {
        using QuestionAnswerer model = Load<QuestionAnswerer>(folder, cancellation);
        JsonElement texts = JsonRows.ReadFile(folder.FileOf("texts.json"));
        foreach (JsonElement row in folder.Rows()) QuestionAnsweringCases.Compare(model, texts, row, tally);
        string squad = folder.FileOf("run_squad");
        if (!Directory.Exists(squad)) return;
        JsonElement[] examples = [.. JsonRows.ReadFile(Path.Combine(squad, "examples.json")).EnumerateArray()];
        foreach (string run in Directory.GetFiles(squad, "run*.json").Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            SquadCases.Compare(model, Path.GetFileName(run), JsonRows.ReadFile(run), examples, tally);
        }

        foreach (JsonElement row in JsonRows.Read(Path.Combine(squad, "metrics.jsonl"))) SquadCases.CompareMetrics(row, tally);
    }
}
