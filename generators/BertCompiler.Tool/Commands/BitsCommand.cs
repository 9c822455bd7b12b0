using System.CommandLine;
using System.Globalization;
using BertCompiler.Core.Plan;
using BertCompiler.Tool.Commands.Embedding;
using BertCompiler.Tool.Commands.Tasks;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Verification;
using Spectre.Console;

namespace BertCompiler.Tool.Commands;

/// <summary><c>bertc bits</c>: shows that a text has the same bits in every batch, at every place, with any threads, at every register width.</summary>
internal static class BitsCommand
{
    public static Command Create()
    {
        Argument<DirectoryInfo> model = CommonOptions.Model();
        Option<string> jsonl = new("--jsonl") { Description = "A file of JSON lines with a field 'text'; '-': standard input.", Required = true };
        var command = new Command("bits", "Embeds texts in every arrangement and compares the bits: batch × place × threads × register width.") { model, jsonl };
        Option<string?> head = CommonOptions.AddHead(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(CommonOptions.ModelOf(parsed, model, head), parsed.GetRequiredValue(jsonl), cancellation)));
        return command;
    }

    private static int Run(ModelPath folder, string file, CancellationToken cancellation)
    {
        TextOptions.RequireFile(file);
        CachedModel compiled = ModelOpener.Compile(folder, Taps.None, ModelCache.OfUser, cancellation);
        string[] texts = [.. TextSource.JsonLines(file)];
        if (texts.Length == 0) throw new CommandException($"{file}: no text");
        var matrix = new BitMatrix(compiled, texts);
        Table table = new Table().Border(TableBorder.Simple).AddColumn("width").AddColumn("threads").AddColumn(new TableColumn("texts").RightAligned());
        foreach (string arrangement in BitMatrix.Arrangements) table.AddColumn(new TableColumn(arrangement).RightAligned());
        int different = 0;
        foreach (BitMatrixRow row in TerminalProgress.Run("comparing bits", progress => matrix.Compute(progress, cancellation)))
        {
            different += row.Different.Sum();
            table.AddRow([row.Width, Text(row.Threads), Text(row.Texts), .. row.Different.Select(Text)]);
        }

        Console.WriteLine($"texts whose embedding differs in a bit from that of the text alone, one thread, widest registers");
        Terminal.Output.Write(table);
        Console.WriteLine(different == 0 ? "bits: all equal" : $"bits: {Wording.Count(different, "difference")}");
        return different == 0 ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
