using System.CommandLine;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Freshness;

namespace BertCompiler.Tool.Commands;

/// <summary>
/// <c>bertc import-all</c>: all models of a project, those alone that are not up to date. Every build runs it, and what it has to say of
/// models that did not change is said again: a warning is not to be seen once and never after.
/// </summary>
internal static class ImportAllCommand
{
    private const string Name = "import-all";
    private const string Editor = "--editor";

    public static Command Create()
    {
        Argument<FileInfo> list = new("LIST") { Description = "One import a line: the record, the folder, and options of 'import', separated by tabs." };
        Option<bool> editor = new(Editor) { Description = "For an editor's builds: faults are warnings, so that a broken model does not cost the whole project." };
        var command = new Command(Name, "What a build runs: imports the models of a list that are not up to date.") { list, editor };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellation) =>
        {
            int worst = ExitCodes.Success;
            foreach (ImportOrder order in ImportOrder.ReadAll(parsed.GetRequiredValue(list).FullName))
            {
                worst = Math.Max(worst, await Import(order, parsed.GetValue(editor), cancellation));
            }

            return parsed.GetValue(editor) ? ExitCodes.Success : worst;
        });
        return command;
    }

    /// <summary>Whether a command line asks for imports that are all up to date; then their warnings have been printed, and that was all.</summary>
    public static bool AllFresh(string[] arguments)
    {
        if (arguments is not [Name, string list, ..]) return false;
        var warnings = new List<string>();
        try
        {
            foreach (ImportOrder order in ImportOrder.ReadAll(list))
            {
                if (ImportRecord.OfFresh(order) is not { } record) return false;
                warnings.AddRange(record.Warnings);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return false; // said in its place
        }

        foreach (string warning in warnings) Console.WriteLine(warning);
        return true;
    }

    private static async Task<int> Import(ImportOrder order, bool editor, CancellationToken cancellation)
    {
        if (ImportRecord.OfFresh(order) is { } fresh)
        {
            foreach (string warning in fresh.Warnings) Console.WriteLine(warning);
            return ExitCodes.Success;
        }

        if (File.Exists(order.RecordPath)) File.Delete(order.RecordPath);
        Console.WriteLine($"importing {order.Target.Name} from {order.Folder}");
        string names = ImportRecord.NamesIn(order); // before it is read: what appears meanwhile is news
        using var opened = OpenedFiles.Record();
        IReadOnlyList<string> lines = [];
        int code = await Run(order, problems => lines = [.. problems.Select(p => (editor ? p with { Severity = Severity.Warning } : p).ToString())], editor, cancellation);
        foreach (string line in lines) Console.WriteLine(line);
        if (code == ExitCodes.Success) RecordOf(order, names, opened, lines).Write(order.RecordPath);
        return code;
    }

    private static async Task<int> Run(ImportOrder order, Action<IReadOnlyList<Problem>> told, bool editor, CancellationToken cancellation)
    {
        try
        {
            ParseResult parsed = ImportCommand.Create(told).Parse(order.Arguments);
            if (parsed.Errors is [var error, ..]) throw new CommandException(error.Message, isUsage: true);
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or ImportException or CommandException)
        {
            Console.WriteLine($"bertc : {(editor ? "warning" : "error")} BERT3005: {order.Folder}: {e.Message.ReplaceLineEndings(" ")}");
            return e is CommandException { IsUsage: true } ? ExitCodes.Usage : ExitCodes.Failed;
        }
    }

    private static ImportRecord RecordOf(ImportOrder order, string names, OpenedFiles opened, IReadOnlyList<string> warnings) => new()
    {
        Order = order.Line,
        Tool = ImportRecord.ThisTool,
        Names = names,
        Inputs = opened.Files,
        Outputs = [.. ((string[])[order.Target.ManifestPath, order.Target.WeightsPath]).Select(path => (Path: path, Stamp: FileStamp.Of(path))).Where(f => f.Stamp is not null).Select(f => new StampedFile(f.Path, f.Stamp!))],
        Warnings = warnings,
    };
}
