using System.CommandLine;
using System.Text.Json;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands;

/// <summary><c>bertc import</c>: what a build runs.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        Argument<DirectoryInfo> model = CommonOptions.Model();
        Option<DirectoryInfo> output = CommonOptions.OutputFolder();
        Option<string?> name = new("--name") { Description = "Name of the files; default: the folder's name." };
        Option<string?> weights = new("--weights") { Description = "The file of weights to read, relative to the folder, where there are several; default: the one that transformers would." };
        Option<bool> noWeights = new("--no-weights") { Description = "Only the manifest, without reading the weights: for an editor's builds." };
        Option<bool> msbuild = new("--msbuild") { Description = "Write problems to standard output, as MSBuild reads them, and nothing else." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("import", "Checks a model folder and packs its weights: NAME.bertmanifest and NAME.bertw.") { model, output, name, weights, noWeights, msbuild, json };
        command.SetAction((parsed, cancellation) =>
        {
            var named = ModelPath.Of(parsed.GetRequiredValue(model).ToString());
            if (parsed.GetValue(weights) is { } file) named = named with { Weights = file };
            var target = new ImportTarget(parsed.GetRequiredValue(output).FullName, parsed.GetValue(name) ?? DefaultName(named.Folder));
            return Task.FromResult(Run(named, target, parsed.GetValue(noWeights), parsed.GetValue(msbuild), parsed.GetValue(json), cancellation));
        });
        return command;
    }

    private static string DefaultName(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    private static int Run(ModelPath model, ImportTarget target, bool noWeights, bool msbuild, bool json, CancellationToken cancellation)
    {
        ImportResult result = noWeights
            ? ModelImporter.ImportManifest(model.Folder, target, model.Options)
            : TerminalProgress.Run($"packing {target.Name}", progress => ModelImporter.Import(model.Folder, target, model.Options, progress, cancellation));
        if (json)
        {
            WriteJson(result, target);
        }
        else
        {
            ProblemPrinter.Print(result.Problems, msbuild ? Console.Out : Console.Error);
            if (!msbuild)
            {
                foreach (string note in result.Notes) Console.Error.WriteLine(note);
                if (result.Succeeded) Console.WriteLine(noWeights ? target.ManifestPath : $"{target.ManifestPath}\n{target.WeightsPath}");
            }
        }

        return result.Succeeded ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static void WriteJson(ImportResult result, ImportTarget target)
    {
        using Stream output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteBoolean("succeeded", result.Succeeded);
            if (result.Succeeded)
            {
                json.WriteString("manifest", target.ManifestPath);
                json.WriteString("weights", target.WeightsPath);
                json.WriteString("content_hash", result.Manifest!.ContentHash);
            }

            ProblemPrinter.WriteJson(json, result.Problems);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
