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
        Option<int?> top = new("--top") { Description = "How many documents; without it: all." };
        Option<bool> json = CommonOptions.Json();
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
        IReadOnlyList<RankedDocument> ranked = model.Rerank(query, [.. documents], top, cancellationToken: cancellation);
        if (json) JsonOutput.Write(writer => WriteJson(writer, ranked));
        else foreach (RankedDocument document in ranked) Console.WriteLine(FormattableString.Invariant($"{TaskModel.Score(document.Score)}  {document.Index,4}  {TaskModel.OneLine(document.Text)}"));
        TaskModel.WarnOfCut(ranked.Count(d => d.Truncated), model);
        return ExitCodes.Success;
    }

    private static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<RankedDocument> ranked)
    {
        writer.WriteStartArray("documents");
        foreach (RankedDocument document in ranked)
        {
            writer.WriteStartObject();
            writer.WriteNumber("index", document.Index);
            writer.WriteNumber("score", document.Score);
            writer.WriteBoolean("truncated", document.Truncated);
            writer.WriteString("text", document.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
