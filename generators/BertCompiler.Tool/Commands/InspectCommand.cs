using System.CommandLine;
using BertCompiler.Tool.Commands.Inspecting;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands;

/// <summary><c>bertc inspect</c>: what a model folder holds, and whether it compiles.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        Argument<DirectoryInfo> model = CommonOptions.Model();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("inspect", "Says what a model is: sizes, parameters, MB, FLOPs a token, what is unsupported and why. Exit code 1 if it does not compile.") { model, json };
        Option<string?> head = CommonOptions.AddHead(command);
        command.SetAction(parsed => Run(CommonOptions.ModelOf(parsed, model, head), parsed.GetValue(json)));
        return command;
    }

    private static int Run(ModelPath named, bool json)
    {
        ModelInspection inspection = ModelImporter.Inspect(named.Folder, named.Options);
        ModelFactSheet? facts = inspection.Spec is { } spec ? new ModelFactSheet(spec, inspection) : null;
        if (json)
        {
            JsonOutput.Write(writer =>
            {
                writer.WriteBoolean("compiles", inspection.Succeeded);
                facts?.WriteJson(writer);
                ProblemPrinter.WriteJson(writer, inspection.Problems);
            });
        }
        else
        {
            facts?.Print(Terminal.Output);
            ProblemPrinter.Print(inspection.Problems, Console.Out);
            foreach (string note in inspection.Notes) Console.WriteLine(note);
            Console.WriteLine(inspection.Succeeded ? "compiles" : "does not compile");
        }

        return inspection.Succeeded ? ExitCodes.Success : ExitCodes.Failed;
    }
}
