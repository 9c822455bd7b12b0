using System.CommandLine;
using BertCompiler.Core.Emit;
using BertCompiler.Core.Emit.Cpu;
using BertCompiler.Core.Request;
using BertCompiler.Core.Weights;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands;

/// <summary><c>bertc emit</c>: the generated C#, to read.</summary>
internal static class EmitCommand
{
    public static Command Create()
    {
        Argument<DirectoryInfo> model = CommonOptions.Model();
        Option<DirectoryInfo> output = CommonOptions.OutputFolder();
        Option<string> className = new("--class") { Description = "Full name of the class.", DefaultValueFactory = _ => "Models.Model" };
        Option<string> taps = new("--taps") { Description = "Intermediate results to hand out: hidden, attention, or both.", DefaultValueFactory = _ => "" };
        Option<string> weights = new("--weights") { Description = "File or Embedded.", DefaultValueFactory = _ => "File" };
        var command = new Command("emit", "Writes the C# that a build would generate.") { model, output, className, taps, weights };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            parsed.GetRequiredValue(model).ToString(),
            parsed.GetRequiredValue(output).FullName,
            (parsed.GetRequiredValue(className), parsed.GetRequiredValue(taps), parsed.GetRequiredValue(weights)),
            cancellation)));
        return command;
    }

    private static int Run(string path, string output, (string Class, string Taps, string Weights) options, CancellationToken cancellation)
    {
        var named = ModelPath.Of(path);

        // The content hash is part of the text, so the weights are packed too; they are not kept.
        string draft = Path.Combine(Path.GetTempPath(), "bertc-" + Guid.NewGuid().ToString("N"));
        try
        {
            ImportResult result = TerminalProgress.Run("packing", progress => ModelImporter.Import(named.Folder, new ImportTarget(draft, "model"), named.Options, progress, cancellation));
            ProblemPrinter.Print(result.Problems, Console.Error);
            if (result.Manifest is not { } manifest) return ExitCodes.Failed;
            RequestResult request = RequestReader.Read(new ModelInput
            {
                File = path,
                Text = ManifestText.Write(manifest),
                ClassName = options.Class,
                Taps = options.Taps,
                Weights = options.Weights,
            });
            if (request.Request is null) throw new CommandException(request.Problem!.Message, isUsage: true);
            Directory.CreateDirectory(output);
            foreach (SourceFile file in CSharpEmitter.Emit(request.Request))
            {
                string written = Path.Combine(output, file.Name);
                ImportWriter.WriteIfDifferent(written, file.Text);
                Console.WriteLine(written);
            }

            return ExitCodes.Success;
        }
        finally
        {
            if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        }
    }
}
