using System.CommandLine;
using System.Text.Json;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands.Tasks;

/// <summary><c>bertc answer</c>: where a text answers a question.</summary>
internal static class AnswerCommand
{
    public static Command Create()
    {
        Argument<DirectoryInfo> model = CommonOptions.Model();
        Option<string> question = new("--question") { Description = "The question.", Required = true };
        Option<string?> context = new("--context") { Description = "The text that may hold the answer." };
        Option<string?> contextFile = new("--context-file") { Description = "A file with that text; '-': standard input." };
        Option<int> top = new Option<int>("--top") { Description = "How many answers.", DefaultValueFactory = _ => 1 }.AtLeast(1);
        Option<int?> length = new Option<int?>("--max-length") { Description = "The most tokens of a window." }.AtLeast(1);
        Option<int?> stride = new Option<int?>("--doc-stride") { Description = "Tokens that neighbouring windows of a long text share." }.AtLeast(0);
        Option<int> answer = new Option<int>("--max-answer-tokens") { Description = "The most tokens of an answer.", DefaultValueFactory = _ => 15 }.AtLeast(1);
        Option<bool> impossible = new("--impossible") { Description = "Consider that the text does not answer the question." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("answer", "Finds the answer to a question in a text, however long.") { model, question, context, contextFile, top, length, stride, answer, impossible, json };
        Option<string?> head = CommonOptions.AddHead(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            CommonOptions.ModelOf(parsed, model, head),
            parsed.GetRequiredValue(question),
            TextOptions.One("context", parsed.GetValue(context), parsed.GetValue(contextFile)),
            new AnswerOptions
            {
                Top = parsed.GetValue(top),
                MaxLength = parsed.GetValue(length),
                DocStride = parsed.GetValue(stride),
                MaxAnswerTokens = parsed.GetValue(answer),
                HandleImpossible = parsed.GetValue(impossible),
            },
            parsed.GetValue(json),
            cancellation)));
        return command;
    }

    private static int Run(ModelPath folder, string question, string context, AnswerOptions options, bool json, CancellationToken cancellation)
    {
        if (question.Length == 0 || context.Length == 0) throw new CommandException($"{(question.Length == 0 ? "--question" : "the context")} is empty", isUsage: true);
        using var model = TaskModel.Open<QuestionAnswerer>(folder, "question answerer", cancellation);
        IReadOnlyList<Answer> answers = model.Answer(question, context, options, cancellationToken: cancellation);
        if (json)
        {
            using var lines = new JsonLines();
            lines.Write(answers, WriteJson);
            return ExitCodes.Success;
        }

        if (answers.Count == 0) Console.WriteLine("no answer");
        foreach (Answer answer in answers)
        {
            string place = answer.IsImpossible ? "no answer" : FormattableString.Invariant($"{TaskModel.OneLine(answer.Text)}  ({answer.Span.Start}–{answer.Span.End})");
            Console.WriteLine($"{TaskModel.Score(answer.Score)}  {place}");
        }

        return ExitCodes.Success;
    }

    private static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<Answer> answers)
    {
        writer.WriteStartArray("answers");
        foreach (Answer answer in answers)
        {
            writer.WriteStartObject();
            writer.WriteString("text", answer.Text);
            writer.WriteScore("score", answer.Score);
            writer.WriteNumber("start", answer.Span.Start);
            writer.WriteNumber("end", answer.Span.End);
            writer.WriteBoolean("impossible", answer.IsImpossible);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
