using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Packing;

namespace BertCompiler.Tool.Commands.Converting;

/// <summary>
/// A model folder of any format → a folder as transformers and sentence-transformers save it: the configuration, the tokenizer's and the
/// modules' files, and the weights as safetensors under Hugging Face's names. It appears whole or not at all.
/// </summary>
internal static class ModelConverter
{
    /// <summary>Converts a model. What is wrong with it is in the result.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="output">The folder to write; it must be empty or not there.</param>
    /// <param name="options">Which weights, and how it is ended early; the writing reports to the same progress as the opening.</param>
    /// <exception cref="CommandException"><paramref name="output"/> is not empty.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was left.</exception>
    public static ConvertResult Convert(string folder, string output, ImportOptions options)
    {
        output = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        RefuseUsed(output);
        using OpenedModel model = OpenedModel.Open(folder, options);
        if (!model.IsSound) return new ConvertResult([], 0, model.Problems.Items, model.Notes);
        string draft = TemporaryName.For(output);
        int tensors = 0;
        string[] files = [];
        try
        {
            Directory.CreateDirectory(draft);
            tensors = Write(model, folder, draft, options);
            files = [.. Directory.EnumerateFiles(draft, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(draft, f)).Order(StringComparer.Ordinal)];
            options.Cancellation.ThrowIfCancellationRequested();
            if (Directory.Exists(output)) Directory.Delete(output);
            Directory.Move(draft, output);
        }
        catch (ImportException e)
        {
            model.Problems.Add(e.Problem);
            return new ConvertResult([], 0, model.Problems.Items, model.Notes);
        }
        finally
        {
            if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        }

        return new ConvertResult(files, tensors, model.Problems.Items, model.Notes);
    }

    private static void RefuseUsed(string output)
    {
        if (File.Exists(output)) throw new CommandException($"{output} is a file; a folder is wanted");
        if (Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any()) throw new CommandException($"{output} is not empty; nothing was written");
    }

    private static int Write(OpenedModel model, string folder, string draft, ImportOptions options)
    {
        string transformer = Path.GetRelativePath(folder, model.TransformerFolder);
        foreach (string path in model.ModulePaths.Prepend("").Distinct(StringComparer.Ordinal))
        {
            ModelTexts.Copy(Path.Combine(folder, path), Path.Combine(draft, path), options.Cancellation);
        }

        Directory.CreateDirectory(Path.Combine(draft, transformer));
        ConfigText.Write(model.Configuration!, Path.Combine(draft, transformer, "config.json"));
        IReadOnlyList<ICheckpoint> parts = model.Checkpoint is CheckpointSet set ? set.Parts : [model.Checkpoint!];
        var writer = new WeightsConverter(parts, options.Opening, options.Cancellation);
        for (int i = 0; i < parts.Count; i++)
        {
            string target = i == 0 || parts[i].Tensors.Count == 0 ? transformer : Path.GetRelativePath(folder, Path.GetDirectoryName(parts[i].Tensors[0].File)!);
            if (i == 0 || parts[i].Tensors.Count > 0) writer.Write(parts[i], Path.Combine(draft, target, "model.safetensors"));
        }

        return writer.Tensors;
    }
}
