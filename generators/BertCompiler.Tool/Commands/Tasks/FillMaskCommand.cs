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
        Argument<string?> text = new("TEXT") { Description = "A text with the model's mask token, '[MASK]' or '<mask>', once or several times.", Arity = ArgumentArity.ZeroOrOne };
        var texts = new TextOptions();
        Option<int> top = new Option<int>("--top") { Description = "How many words for each mask.", DefaultValueFactory = _ => 5 }.AtLeast(1);
        Option<string[]> target = new("--target") { Description = "A word to consider; may be given several times. Without it: all words of the vocabulary.", Arity = ArgumentArity.OneOrMore };
        Option<bool> json = CommonOptions.JsonLines("text");
        var command = new Command("fill-mask", "Fills masks in texts with the likeliest words.") { model, text };
        texts.AddTo(command);
        command.Add(top);
        command.Add(target);
        command.Add(json);
        Option<string?> head = CommonOptions.AddHead(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            CommonOptions.ModelOf(parsed, model, head), texts.Read(parsed, parsed.GetValue(text)), parsed.GetValue(top), parsed.GetValue(target) ?? [], parsed.GetValue(json), cancellation)));
        return command;
    }

    private static int Run(ModelPath folder, IEnumerable<string> texts, int top, string[] targets, bool json, CancellationToken cancellation)
    {
        using var model = TaskModel.Open<MaskedLanguageModel>(folder, "masked language model", cancellation);
        if (top > model.Facts.Vocabulary) throw new CommandException(FormattableString.Invariant($"--top {top}: the vocabulary has {model.Facts.Vocabulary} words"), isUsage: true);
        using JsonLines? lines = json ? new JsonLines() : null;
        long number = 0, cut = 0;
        foreach (string text in TextChunks.Of(texts, cancellation).SelectMany(piece => piece))
        {
            cancellation.ThrowIfCancellationRequested();
            number++;
            IReadOnlyList<MaskPrediction> masks = Fill(model, text, number, top, targets);
            cut += masks.Any(m => m.Truncated) ? 1 : 0;
            if (lines is null)
            {
                Print(masks);
                continue;
            }

            lines.Write(masks, WriteJson);
            lines.Flush();
        }

        TaskModel.WarnOfCut(cut, model);
        return ExitCodes.Success;
    }

    private static IReadOnlyList<MaskPrediction> Fill(MaskedLanguageModel model, string text, long number, int top, string[] targets)
    {
        try
        {
            return model.FillMask(text, top, targets.Length == 0 ? null : targets);
        }
        catch (ArgumentException e)
        {
            throw new CommandException(FormattableString.Invariant($"text {number}, \"{TaskModel.OneLine(text, 40)}\": {Wording.Of(e)}"));
        }
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
                writer.WriteScore("score", filled.Score);
                writer.WriteString("sequence", filled.Sequence);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
