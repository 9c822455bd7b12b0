using System.CommandLine;
using System.Text.Json;
using BertCompiler.Tool.Commands.Converting;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands;

/// <summary><c>bertc convert</c>: a checkpoint of any format as a Hugging Face folder.</summary>
internal static class ConvertCommand
{
    public static Command Create()
    {
        Argument<DirectoryInfo> model = CommonOptions.Model();
        Option<DirectoryInfo> output = new("--output", "-o") { Description = "The folder to write; it must be empty or not there.", Required = true };
        Option<string?> weights = new("--weights") { Description = "The file of weights to read, relative to MODEL; default: the one that the folder means." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("convert", "Writes a model of any format that is read as a Hugging Face folder: config.json, model.safetensors, tokenizer files.") { model, output, weights, json };
        Option<string?> head = CommonOptions.AddHead(command);
        command.SetAction((parsed, cancellation) =>
        {
            ModelPath named = CommonOptions.ModelOf(parsed, model, head);
            ImportOptions options = named.Options with { Weights = parsed.GetValue(weights) ?? named.Weights, Cancellation = cancellation };
            return Task.FromResult(Run(named.Folder, parsed.GetRequiredValue(output).FullName, options, parsed.GetValue(json)));
        });
        return command;
    }

    private static int Run(string folder, string output, ImportOptions options, bool json)
    {
        ConvertResult result = TerminalProgress.Run("converting", progress => ModelConverter.Convert(folder, output, options with { Opening = progress }));
        if (json)
        {
            JsonOutput.Write(writer => WriteJson(writer, result, output));
        }
        else
        {
            ProblemPrinter.Print(result.Problems, Console.Error);
            foreach (string note in result.Notes) Console.Error.WriteLine(note);
            foreach (string file in result.Files) Console.WriteLine(Path.Combine(output, file));
        }

        return result.Succeeded ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static void WriteJson(Utf8JsonWriter json, ConvertResult result, string output)
    {
        json.WriteBoolean("succeeded", result.Succeeded);
        if (result.Succeeded)
        {
            json.WriteString("folder", output);
            json.WriteNumber("tensors", result.Tensors);
            json.WriteStartArray("files");
            foreach (string file in result.Files) json.WriteStringValue(file);
            json.WriteEndArray();
        }

        ProblemPrinter.WriteJson(json, result.Problems);
    }
}
