using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers;

/// <summary>Finds and opens the weights of a model folder, whatever their format.</summary>
internal static class CheckpointOpener
{
    private const int BeginningBytes = 64;

    /// <summary>Names under which weights lie in formats that are not read.</summary>
    private static readonly string[] OtherFormats = ["tf_model.h5", "flax_model.msgpack", "rust_model.ot", "openvino_model.xml", "model.gguf"];

    /// <summary>Whether a folder holds weights of any format.</summary>
    public static bool HasWeights(string folder) => CheckpointFormats.All.Any(f => f.Find(folder, new List<string>()) is not null);

    /// <summary>Opens a folder's weights: the file that was asked for, else the first format in <see cref="CheckpointFormats"/> that is there.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="weights">The file to take, relative to the folder; null: the one that the folder means.</param>
    /// <param name="context">What the readers may use.</param>
    /// <param name="notes">Receives what a person may like to know about the choice.</param>
    /// <exception cref="ImportException">There are none, or they are not sound.</exception>
    public static ICheckpoint Open(string folder, string? weights, CheckpointContext context, ICollection<string> notes)
    {
        if (weights is not null) return OpenNamed(folder, weights, context);
        foreach (ICheckpointFormat format in CheckpointFormats.All)
        {
            if (format.Find(folder, notes) is { } found) return format.Open(Source(folder, found), context);
        }

        string? other = Array.Find(OtherFormats, name => File.Exists(Path.Combine(folder, name)));
        string hint = other is null ? "" : $"; '{other}' is there, but this format is not read: save the model as safetensors (save_pretrained does)";
        throw new ImportException(ProblemKinds.WeightsMissing, folder, $"no weights: expected model.safetensors, or another of {string.Join("; ", CheckpointFormats.All.Select(f => f.Name))}{hint}");
    }

    private static ICheckpoint OpenNamed(string folder, string weights, CheckpointContext context)
    {
        if (!RelativePath.IsInside(weights)) throw new ImportException(ProblemKinds.PathEscape, folder, $"the weights '{weights}' must be named relative to the model folder, and lie in it");
        ByteSource source = Source(folder, weights);
        byte[] beginning = source.ReadBeginning(BeginningBytes);
        ModelFile.RefuseLfsPointer(beginning, source.FilePath);
        if (CheckpointFormats.All.FirstOrDefault(f => f.Matches(source.FileName, beginning)) is { } format) return format.Open(source, context);
        source.Dispose();
        throw new ImportException(ProblemKinds.WeightsMissing, source.FilePath, $"{source.FileName} is of no format that is read: {string.Join("; ", CheckpointFormats.All.Select(f => f.Name))}");
    }

    private static ByteSource Source(string folder, string relative) => ByteSource.Open(Path.Combine(folder, relative), ProblemKinds.WeightsMissing);
}
