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
        Option<bool> tokenizer = new("--tokenizer") { Description = "The class of the folder's tokenizer alone." };
        var command = new Command("emit", "Writes the C# that a build would generate.") { model, output, className, taps, weights, tokenizer };
        Option<string?> head = CommonOptions.AddHead(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            CommonOptions.ModelOf(parsed, model, head),
            parsed.GetRequiredValue(output).FullName,
            new ModelInput
            {
                File = parsed.GetRequiredValue(model).ToString(),
                Text = "",
                ClassName = parsed.GetRequiredValue(className),
                Taps = parsed.GetRequiredValue(taps),
                Weights = parsed.GetRequiredValue(weights),
            },
            parsed.GetValue(tokenizer),
            cancellation)));
        return command;
    }

    private static int Run(ModelPath path, string output, ModelInput input, bool ofTokenizer, CancellationToken cancellation)
    {
        // The content hash is part of the text, so what is packed is packed here too; it is not kept.
        string draft = Path.Combine(Path.GetTempPath(), "bertc-" + Guid.NewGuid().ToString("N"));
        try
        {
            var target = new ImportTarget(draft, "model");
            string? manifest = ofTokenizer ? ImportTokenizer(path.Folder, target) : ImportModel(path, target, cancellation);
            if (manifest is null) return ExitCodes.Failed;
            RequestResult request = RequestReader.Read(input with { Text = manifest });
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

    private static string? ImportModel(ModelPath named, ImportTarget target, CancellationToken cancellation)
    {
        ImportResult result = TerminalProgress.Run("packing", progress => ModelImporter.Import(named.Folder, target, named.Options, progress, cancellation));
        ProblemPrinter.Print(result.Problems, Console.Error);
        return result.Manifest is { } manifest ? ManifestText.Write(manifest) : null;
    }

    private static string? ImportTokenizer(string folder, ImportTarget target)
    {
        TokenizerImportResult result = TokenizerImporter.Import(folder, target);
        ProblemPrinter.Print(result.Problems, Console.Error);
        return result.Manifest is { } manifest ? TokenizerManifestText.Write(manifest) : null;
    }
}
