using System.CommandLine;
using System.Text.Json;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands.Tasks;

/// <summary><c>bertc rerank</c>: documents in the order in which they fit a query.</summary>
internal static class RerankCommand
{
    public static Command Create()
    {
        Argument<DirectoryInfo> model = CommonOptions.Model();
        var documents = new TextOptions();
        Option<string> query = new("--query") { Description = "The query.", Required = true };
        Option<int?> top = new Option<int?>("--top") { Description = "How many documents; without it: all." }.AtLeast(1);
        Option<bool> json = new("--json") { Description = "Write a JSON object a line for each document, best first." };
        var command = new Command("rerank", "Orders documents by how well they fit a query; the model is a cross-encoder.") { model, query };
        documents.AddTo(command);
        command.Add(top);
        command.Add(json);
        Option<string?> head = CommonOptions.AddHead(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            CommonOptions.ModelOf(parsed, model, head), parsed.GetRequiredValue(query), documents.Read(parsed), parsed.GetValue(top), parsed.GetValue(json), cancellation)));
        return command;
    }

    private static int Run(ModelPath folder, string query, IEnumerable<string> documents, int? top, bool json, CancellationToken cancellation)
    {
        using var model = TaskModel.Open<CrossEncoder>(folder, "cross-encoder", cancellation);
        IReadOnlyList<RankedDocument> ranked = Rank(model, query, documents, top, cancellation);
        if (json)
        {
            using var lines = new JsonLines();
            foreach (RankedDocument document in ranked) lines.Write(document, WriteJson);
        }
        else
        {
            foreach (RankedDocument document in ranked) Console.WriteLine(FormattableString.Invariant($"{TaskModel.Score(document.Score)}  {document.Index,4}  {TaskModel.OneLine(document.Text)}"));
        }

        TaskModel.WarnOfCut(ranked.Count(d => d.Truncated), model);
        return ExitCodes.Success;
    }

    // All documents are scored before the first can be shown; of many, only the best are kept.
    private static IReadOnlyList<RankedDocument> Rank(CrossEncoder model, string query, IEnumerable<string> documents, int? top, CancellationToken cancellation)
    {
        var best = new List<RankedDocument>();
        int before = 0;
        foreach (string[] piece in TextChunks.Of(documents, cancellation))
        {
            int first = before;
            best.AddRange(model.Rerank(query, piece, top, cancellationToken: cancellation).Select(d => d with { Index = first + d.Index }));
            before += piece.Length;
            if (best.Count > top) best = Best(best, top);
        }

        return Best(best, top);
    }

    private static List<RankedDocument> Best(List<RankedDocument> documents, int? top) =>
        [.. documents.OrderByDescending(d => d.Score).ThenBy(d => d.Index).Take(top ?? documents.Count)];

    private static void WriteJson(Utf8JsonWriter writer, RankedDocument document)
    {
        writer.WriteNumber("index", document.Index);
        writer.WriteScore("score", document.Score);
        writer.WriteBoolean("truncated", document.Truncated);
        writer.WriteString("text", document.Text);
    }
}
