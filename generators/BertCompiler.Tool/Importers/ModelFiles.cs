namespace BertCompiler.Tool.Importers;

/// <summary>
/// The files of a model folder that an import may read: all of them, but for those that no importer looks at. Weights may have any name (an
/// index, an ONNX file or a project names them), so this is a list of what is left out; a test holds every importer to it.
/// </summary>
internal static class ModelFiles
{
    /// <summary>Modules lie in folders of the model folder, seldom deeper.</summary>
    private static readonly EnumerationOptions _here = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };
    private const int MostLevels = 4;

    /// <summary>A link may lead out of the folder, to where there is no end of files.</summary>
    private const int MostFiles = 10_000;

    /// <summary>Texts for people, results of builds and trainings, and weights of formats that are not read.</summary>
    private static readonly HashSet<string> _neverRead = new(StringComparer.OrdinalIgnoreCase)
    {
        ".md", ".cs", ".py", ".ipynb", ".csv", ".tsv", ".jsonl", ".log", ".tmp", ".lock", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".pdf", ".bertw", ".bertmanifest",
        ".h5", ".msgpack", ".ot", ".gguf", ".tflite", ".mlmodel", ".xml", ".parquet", ".arrow",
    };

    private static readonly HashSet<string> _weights = new(StringComparer.OrdinalIgnoreCase) { ".safetensors", ".bin", ".pt", ".pth", ".onnx", ".onnx_data" };

    /// <summary>Whether a name is that of weights, which only a model reads.</summary>
    public static bool IsWeights(string path) => _weights.Contains(Path.GetExtension(path));

    /// <summary>Files of the folder and of its modules' folders, in a fixed order; hidden folders (<c>.git</c>, <c>.cache</c>) hold none.</summary>
    public static IReadOnlyList<string> Of(string folder)
    {
        var files = new List<string>();
        Add(folder, MostLevels, files);
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private static void Add(string folder, int levels, List<string> files)
    {
        if (files.Count >= MostFiles || !Directory.Exists(folder)) return;
        files.AddRange(Directory.EnumerateFiles(folder, "*", _here).Where(f => !_neverRead.Contains(Path.GetExtension(f))));
        if (levels == 1) return;
        foreach (string inner in Directory.EnumerateDirectories(folder, "*", _here).Where(f => !Path.GetFileName(f).StartsWith('.'))) Add(inner, levels - 1, files);
    }
}
