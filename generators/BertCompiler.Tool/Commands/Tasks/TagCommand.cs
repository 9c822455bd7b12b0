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
        Option<TagAggregation> aggregation = new Option<TagAggregation>("--aggregation") { Description = "How tokens become entities: Words reads BIO and BILOU as they are meant; the others are Hugging Face's strategies.", DefaultValueFactory = _ => TagAggregation.Words }.Named();
        Option<string[]> ignore = new("--ignore") { Description = "A label to leave out; may be given several times. Without it: O.", Arity = ArgumentArity.OneOrMore };
        Option<int?> stride = new Option<int?>("--stride") { Description = "Tokens that neighbouring windows of a long text share." }.AtLeast(0);
        Option<bool> json = CommonOptions.JsonLines("text");
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
        using JsonLines? lines = json ? new JsonLines() : null;
        foreach (string text in TextChunks.Of(texts, cancellation).SelectMany(piece => piece))
        {
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<Entity> entities = model.Tag(text, options, cancellationToken: cancellation);
            if (lines is null)
            {
                Print(text, entities);
                continue;
            }

            lines.Write(entities, WriteJson);
            lines.Flush();
        }

        return ExitCodes.Success;
    }

    private static void Print(string text, IReadOnlyList<Entity> entities)
    {
        Console.WriteLine(TaskModel.OneLine(text));
        foreach (Entity entity in entities)
        {
            Console.WriteLine(FormattableString.Invariant($"{TaskModel.Score(entity.Score)}  {entity.Kind,-8}  {TaskModel.OneLine(entity.Text)}  ({entity.Span.Start}–{entity.Span.End})"));
        }
    }

    private static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<Entity> entities)
    {
        writer.WriteStartArray("entities");
        foreach (Entity entity in entities)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", entity.Kind);
            writer.WriteString("label", entity.LabelText);
            writer.WriteScore("score", entity.Score);
            writer.WriteNumber("start", entity.Span.Start);
            writer.WriteNumber("end", entity.Span.End);
            writer.WriteString("text", entity.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
