using System.CommandLine;
using System.CommandLine.Parsing;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands;

/// <summary><c>bertc import</c>: what a build runs.</summary>
internal static class ImportCommand
{
    /// <param name="told">Receives the problems, and nothing is printed; null: they are.</param>
    public static Command Create(Action<IReadOnlyList<Problem>>? told = null)
    {
        Argument<DirectoryInfo> model = CommonOptions.Model();
        Option<DirectoryInfo> output = CommonOptions.OutputFolder();
        Option<string?> name = new("--name") { Description = "Name of the files; default: the folder's name." };
        name.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens.Where(t => t.Value.Length == 0 || t.Value != Path.GetFileName(t.Value))) result.AddError($"--name '{token.Value}': a file's name is wanted, without a folder");
        });
        Option<string?> weights = new("--weights") { Description = "The file of weights to read, relative to the folder, where there are several; default: the one that transformers would." };
        Option<ElementType> precision = Precision();
        Option<bool> noWeights = new("--no-weights") { Description = "Only the manifest, without reading the weights: for an editor's builds." };
        Option<bool> tokenizer = new("--tokenizer") { Description = "The folder's tokenizer alone, without a model." };
        Option<bool> msbuild = new("--msbuild") { Description = "Write problems to standard output, as MSBuild reads them, and nothing else." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("import", "Checks a model folder and packs its weights: NAME.bertmanifest and NAME.bertw.") { model, output, name, weights, precision, noWeights, tokenizer, msbuild, json };
        Option<string?> head = CommonOptions.AddHead(command);
        command.SetAction((parsed, cancellation) =>
        {
            ModelPath named = CommonOptions.ModelOf(parsed, model, head);
            if (parsed.GetValue(weights) is { } file) named = named with { Weights = file };
            named = named with { Precision = parsed.GetValue(precision) };
            var target = new ImportTarget(parsed.GetRequiredValue(output).FullName, parsed.GetValue(name) ?? DefaultName(named.Folder));
            bool manifestOnly = parsed.GetValue(noWeights);
            if (parsed.GetValue(tokenizer) && named.Weights is not null) throw new CommandException("--tokenizer: a tokenizer has no weights; name the folder alone", isUsage: true);
            if (parsed.GetValue(tokenizer) && named.Head is not null) throw new CommandException("--tokenizer: a tokenizer has no head", isUsage: true);
            Outcome outcome = parsed.GetValue(tokenizer) ? ImportTokenizer(named.Folder, target, manifestOnly) : Import(named, target, manifestOnly, cancellation);
            if (told is null) Print(outcome, target, manifestOnly, parsed.GetValue(msbuild), parsed.GetValue(json));
            else told(outcome.Problems);
            return Task.FromResult(outcome.Succeeded ? ExitCodes.Success : ExitCodes.Failed);
        });
        return command;
    }

    private static Option<ElementType> Precision()
    {
        const string name = "--precision", fp32 = "fp32";
        var option = new Option<ElementType>(name) { Description = $"What the numbers of packed matrices are: {fp32}.", DefaultValueFactory = _ => ElementType.Fp32 };
        option.CustomParser = result =>
        {
            if (result.Tokens is [{ Value: fp32 }]) return ElementType.Fp32;
            result.AddError($"{name} '{(result.Tokens.Count > 0 ? result.Tokens[0].Value : "")}' is not supported; expected '{fp32}'");
            return default;
        };
        return option;
    }

    /// <summary>What both kinds of import say.</summary>
    private sealed record Outcome(string? ContentHash, IReadOnlyList<Problem> Problems, IReadOnlyList<string> Notes)
    {
        public bool Succeeded => ContentHash is not null;
    }

    private static string DefaultName(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    private static Outcome Import(ModelPath model, ImportTarget target, bool manifestOnly, CancellationToken cancellation)
    {
        ImportResult result = manifestOnly
            ? ModelImporter.ImportManifest(model.Folder, target, model.Options)
            : TerminalProgress.Run($"packing {target.Name}", progress => ModelImporter.Import(model.Folder, target, model.Options, progress, cancellation));
        return new(result.Manifest?.ContentHash, result.Problems, result.Notes);
    }

    private static Outcome ImportTokenizer(string folder, ImportTarget target, bool manifestOnly)
    {
        TokenizerImportResult result = manifestOnly ? TokenizerImporter.ImportManifest(folder, target) : TokenizerImporter.Import(folder, target);
        return new(result.Manifest?.ContentHash, result.Problems, []);
    }

    private static void Print(Outcome result, ImportTarget target, bool manifestOnly, bool msbuild, bool json)
    {
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
                if (result.Succeeded) Console.WriteLine(manifestOnly ? target.ManifestPath : $"{target.ManifestPath}\n{target.WeightsPath}");
            }
        }
    }

    private static void WriteJson(Outcome result, ImportTarget target) => JsonOutput.Write(json =>
    {
        json.WriteBoolean("succeeded", result.Succeeded);
        if (result.Succeeded)
        {
            json.WriteString("manifest", target.ManifestPath);
            json.WriteString("weights", target.WeightsPath);
            json.WriteString("content_hash", result.ContentHash);
        }

        ProblemPrinter.WriteJson(json, result.Problems);
    });
}
