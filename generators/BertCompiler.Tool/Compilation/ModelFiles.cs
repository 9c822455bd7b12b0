namespace BertCompiler.Tool.Compilation;

/// <summary>The files of a model folder that an import may read.</summary>
internal static class ModelFiles
{
    /// <summary>Modules lie in folders of the model folder, seldom deeper.</summary>
    private static readonly EnumerationOptions _depth = new() { RecurseSubdirectories = true, MaxRecursionDepth = 3, AttributesToSkip = FileAttributes.None };

    private static readonly string[] _endings = [".json", ".safetensors", ".txt", ".model", ".bin", ".pt", ".pth", ".onnx", ".index"];

    /// <summary>Files of the folder and of its modules' folders, in a fixed order; links that lead elsewhere are left out.</summary>
    public static IReadOnlyList<string> Of(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        return [.. Directory.EnumerateFiles(folder, "*", _depth).Where(IsRead).Order(StringComparer.Ordinal)];
    }

    /// <summary>By its ending; external data of ONNX files and the data of TensorFlow checkpoints have none of their own.</summary>
    private static bool IsRead(string path)
    {
        string name = Path.GetFileName(path);
        return _endings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)
            || name.Contains(".onnx", StringComparison.OrdinalIgnoreCase)
            || name.Contains(".data-", StringComparison.Ordinal);
    }
}
