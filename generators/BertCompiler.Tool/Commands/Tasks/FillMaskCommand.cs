using System.CommandLine;
using System.Text.Json;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands.Tasks;

/// <summary><c>bertc fill-mask</c>: the likeliest words where a text has a mask.</summary>
internal static class FillMaskCommand
{
    public static Command Create()
    {
        Argument<DirectoryInfo> model = CommonOptions.Model();
        Argument<string> text = new("TEXT") { Description = "A text with the model's mask token, '[MASK]' or '<mask>', once or several times." };
        Option<int> top = new("--top") { Description = "How many words for each mask.", DefaultValueFactory = _ => 5 };
        Option<string[]> target = new("--target") { Description = "A word to consider; may be given several times. Without it: all words of the vocabulary." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("fill-mask", "Fills masks in a text with the likeliest words.") { model, text, top, target, json };
        Option<string?> head = CommonOptions.AddHead(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            CommonOptions.ModelOf(parsed, model, head), parsed.GetRequiredValue(text), parsed.GetValue(top), parsed.GetValue(target) ?? [], parsed.GetValue(json), cancellation)));
        return command;
    }

    private static int Run(ModelPath folder, string text, int top, string[] targets, bool json, CancellationToken cancellation)
    {
        using var model = TaskModel.Open<MaskedLanguageModel>(folder, "masked language model", cancellation);
        IReadOnlyList<MaskPrediction> masks = model.FillMask(text, top, targets.Length == 0 ? null : targets);
        if (json) JsonOutput.Write(writer => WriteJson(writer, masks));
        else Print(masks);
        TaskModel.WarnOfCut(masks.Any(m => m.Truncated) ? 1 : 0, model);
        return ExitCodes.Success;
    }

    private static void Print(IReadOnlyList<MaskPrediction> masks)
    {
        int width = masks.SelectMany(m => m.Candidates).Max(c => c.Token.Length);
        foreach (MaskPrediction mask in masks)
        {
            if (masks.Count > 1) Console.WriteLine(FormattableString.Invariant($"mask at {mask.Span.Start}"));
            foreach (FilledMask filled in mask.Candidates) Console.WriteLine($"{TaskModel.Score(filled.Score)}  {filled.Token.PadRight(width)}  {TaskModel.OneLine(filled.Sequence)}");
        }
    }

    private static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<MaskPrediction> masks)
    {
        writer.WriteStartArray("masks");
        foreach (MaskPrediction mask in masks)
        {
            writer.WriteStartObject();
            writer.WriteNumber("start", mask.Span.Start);
            writer.WriteNumber("end", mask.Span.End);
            writer.WriteNumber("token", mask.TokenIndex);
            writer.WriteBoolean("truncated", mask.Truncated);
            writer.WriteStartArray("words");
            foreach (FilledMask filled in mask.Candidates)
            {
                writer.WriteStartObject();
                writer.WriteNumber("id", filled.Id);
                writer.WriteString("token", filled.Token);
                writer.WriteNumber("score", filled.Score);
                writer.WriteString("sequence", filled.Sequence);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
