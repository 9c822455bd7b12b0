using System.CommandLine;
using System.Text.Json;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands.Tasks;

/// <summary><c>bertc classify</c>: labels of texts, or of pairs.</summary>
internal static class ClassifyCommand
{
    private const int TextsAtOnce = 64;

    public static Command Create()
    {
        Argument<DirectoryInfo> model = CommonOptions.Model();
        var texts = new TextOptions();
        Option<string?> pair = new("--pair") { Description = "The second text of a pair, the same for every text." };
        Option<int?> top = new("--top") { Description = "How many labels for each text; without it: all." };
        Option<bool> json = CommonOptions.Json();
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
        if (top is < 1) throw new CommandException($"--top {top}: expected at least 1", isUsage: true);
        using var model = TaskModel.Open<SequenceClassifier>(folder, "sequence classifier", cancellation);
        long cut = 0;
        IEnumerable<(string Text, Classification Result)> results = Classify(model, texts, pair, cancellation);
        if (!json)
        {
            foreach ((string text, Classification result) in results)
            {
                cut += result.Truncated ? 1 : 0;
                Console.WriteLine(TaskModel.OneLine(text));
                foreach (LabelScore label in result.Ranked(top)) Console.WriteLine($"{TaskModel.Score(label.Score)}  {label.Label}");
            }
        }
        else
        {
            JsonOutput.Write(writer =>
            {
                writer.WriteStartArray("results");
                foreach ((string _, Classification result) in results)
                {
                    cut += result.Truncated ? 1 : 0;
                    Write(writer, result, top);
                }

                writer.WriteEndArray();
            });
        }

        TaskModel.WarnOfCut(cut, model);
        return ExitCodes.Success;
    }

    private static IEnumerable<(string Text, Classification Result)> Classify(SequenceClassifier model, IEnumerable<string> texts, string? pair, CancellationToken cancellation)
    {
        foreach (string[] chunk in texts.Chunk(TextsAtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<Classification> results = model.Classify(chunk, pair is null ? null : [.. Enumerable.Repeat(pair, chunk.Length)], cancellationToken: cancellation);
            for (int i = 0; i < chunk.Length; i++) yield return (chunk[i], results[i]);
        }
    }

    private static void Write(Utf8JsonWriter writer, Classification result, int? top)
    {
        writer.WriteStartObject();
        writer.WriteString("label", result.LabelText);
        writer.WriteNumber("score", result.Score);
        writer.WriteString("function", result.Function.ToString().ToLowerInvariant());
        writer.WriteBoolean("truncated", result.Truncated);
        writer.WriteStartArray("labels");
        foreach (LabelScore label in result.Ranked(top))
        {
            writer.WriteStartObject();
            writer.WriteString("label", label.Label);
            writer.WriteNumber("score", label.Score);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
