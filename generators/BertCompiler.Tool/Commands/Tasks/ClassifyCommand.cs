using System.CommandLine;
using System.Text.Json;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands.Tasks;

/// <summary><c>bertc classify</c>: labels of texts, or of pairs.</summary>
internal static class ClassifyCommand
{
    public static Command Create()
    {
        Argument<DirectoryInfo> model = CommonOptions.Model();
        var texts = new TextOptions();
        Option<string?> pair = new("--pair") { Description = "The second text of a pair, the same for every text." };
        Option<int?> top = new Option<int?>("--top") { Description = "How many labels for each text; without it: all." }.AtLeast(1);
        Option<bool> json = CommonOptions.JsonLines("text");
        var command = new Command("classify", "Scores the labels of texts, as the model's problem type says.") { model };
        texts.AddTo(command);
        command.Add(pair);
        command.Add(top);
        command.Add(json);
        Option<string?> head = CommonOptions.AddHead(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            CommonOptions.ModelOf(parsed, model, head), texts.Read(parsed), parsed.GetValue(pair), parsed.GetValue(top), parsed.GetValue(json), cancellation)));
        return command;
    }

    private static int Run(ModelPath folder, IEnumerable<string> texts, string? pair, int? top, bool json, CancellationToken cancellation)
    {
        using var model = TaskModel.Open<SequenceClassifier>(folder, "sequence classifier", cancellation);
        using JsonLines? lines = json ? new JsonLines() : null;
        long cut = 0;
        foreach (string[] piece in TextChunks.Of(texts, cancellation))
        {
            IReadOnlyList<Classification> results = model.Classify(piece, pair is null ? null : [.. Enumerable.Repeat(pair, piece.Length)], cancellationToken: cancellation);
            for (int i = 0; i < piece.Length; i++)
            {
                cut += results[i].Truncated ? 1 : 0;
                if (lines is null) Print(piece[i], results[i], top);
                else lines.Write(results[i], (writer, result) => WriteJson(writer, result, top));
            }

            lines?.Flush();
        }

        TaskModel.WarnOfCut(cut, model);
        return ExitCodes.Success;
    }

    private static void Print(string text, Classification result, int? top)
    {
        Console.WriteLine(TaskModel.OneLine(text));
        foreach (LabelScore label in result.Ranked(top)) Console.WriteLine($"{TaskModel.Score(label.Score)}  {label.Label}");
    }

    private static void WriteJson(Utf8JsonWriter writer, Classification result, int? top)
    {
        writer.WriteString("label", result.LabelText);
        writer.WriteScore("score", result.Score);
        writer.WriteString("function", result.Function.ToString().ToLowerInvariant());
        writer.WriteBoolean("truncated", result.Truncated);
        writer.WriteStartArray("labels");
        foreach (LabelScore label in result.Ranked(top))
        {
            writer.WriteStartObject();
            writer.WriteString("label", label.Label);
            writer.WriteScore("score", label.Score);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
