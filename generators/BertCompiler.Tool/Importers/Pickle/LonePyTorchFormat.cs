using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>A PyTorch file of any name, where it is the only one; searched for after every format whose files have names of their own.</summary>
internal sealed class LonePyTorchFormat : ICheckpointFormat
{
    /// <summary>The endings that people give such files.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".bin", ".pt", ".pth"];

    /// <summary>How the files begin that a training leaves beside the weights, and those of other programs.</summary>
    private static readonly string[] OtherFiles = ["training_args.", "scheduler.", "optimizer.", "rng_state", "scaler.", "openvino", "pytorch_model-"];

    public string Name => "PyTorch, of another name";

    public string? Find(string folder, ICollection<string> notes)
    {
        if (!Directory.Exists(folder) || File.Exists(Path.Combine(folder, PyTorchShardsFormat.Index))) return null;
        string[] files = [.. Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).Where(IsCandidate).Order(StringComparer.Ordinal)];
        if (files.Length == 1) notes.Add($"the weights are those of {files[0]}, the only file of its kind");
        else if (files.Length > 1) notes.Add($"there are {files.Length} PyTorch files ({string.Join(", ", files.Take(5))}): name the one to read");
        return files.Length == 1 ? files[0] : null;
    }

    /// <summary>Files that somebody names are <see cref="PyTorchFormat"/>'s.</summary>
    public bool Matches(string fileName, ReadOnlySpan<byte> beginning) => false;

    public ICheckpoint Open(ByteSource source, CheckpointContext context) => PyTorchFile.Open(source, context);

    private static bool IsCandidate(string file) =>
        Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)
        && !Array.Exists(OtherFiles, other => file.StartsWith(other, StringComparison.OrdinalIgnoreCase));
}
