using System.CommandLine;
using System.Text.Json;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands.Tasks;

/// <summary><c>bertc tag</c>: names, places and other things in texts.</summary>
internal static class TagCommand
{
    public static Command Create()
    {
        Argument<DirectoryInfo> model = CommonOptions.Model();
        var texts = new TextOptions();
        Option<TagAggregation> aggregation = new("--aggregation") { Description = "How tokens become entities: Words reads BIO and BILOU as they are meant; the others are Hugging Face's strategies.", DefaultValueFactory = _ => TagAggregation.Words };
        Option<string[]> ignore = new("--ignore") { Description = "A label to leave out; may be given several times. Without it: O." };
        Option<int?> stride = new("--stride") { Description = "Tokens that neighbouring windows of a long text share." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("tag", "Finds entities in texts; a long text is read in overlapping windows.") { model };
        texts.AddTo(command);
        command.Add(aggregation);
        command.Add(ignore);
        command.Add(stride);
        command.Add(json);
        Option<string?> head = CommonOptions.AddHead(command);
        command.SetAction((parsed, cancellation) =>
        {
            string[] ignored = parsed.GetValue(ignore) ?? [];
            var options = new TagOptions { Aggregation = parsed.GetValue(aggregation), Stride = parsed.GetValue(stride), IgnoreLabels = ignored.Length > 0 ? ignored : ["O"] };
            return Task.FromResult(Run(CommonOptions.ModelOf(parsed, model, head), texts.Read(parsed), options, parsed.GetValue(json), cancellation));
        });
        return command;
    }

    private static int Run(ModelPath folder, IEnumerable<string> texts, TagOptions options, bool json, CancellationToken cancellation)
    {
        using var model = TaskModel.Open<TokenClassifier>(folder, "token classifier", cancellation);
        if (json)
        {
            JsonOutput.Write(writer =>
            {
                writer.WriteStartArray("texts");
                foreach (string text in texts)
                {
                    cancellation.ThrowIfCancellationRequested();
                    Write(writer, model.Tag(text, options, cancellationToken: cancellation));
                }

                writer.WriteEndArray();
            });
            return ExitCodes.Success;
        }

        foreach (string text in texts)
        {
            cancellation.ThrowIfCancellationRequested();
            Console.WriteLine(TaskModel.OneLine(text));
            foreach (Entity entity in model.Tag(text, options, cancellationToken: cancellation))
            {
                Console.WriteLine(FormattableString.Invariant($"{TaskModel.Score(entity.Score)}  {entity.Kind,-8}  {TaskModel.OneLine(entity.Text)}  ({entity.Span.Start}–{entity.Span.End})"));
            }
        }

        return ExitCodes.Success;
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Entity> entities)
    {
        writer.WriteStartArray();
        foreach (Entity entity in entities)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", entity.Kind);
            writer.WriteString("label", entity.LabelText);
            writer.WriteNumber("score", entity.Score);
            writer.WriteNumber("start", entity.Span.Start);
            writer.WriteNumber("end", entity.Span.End);
            writer.WriteString("text", entity.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
