namespace BertCompiler.Tool.Compilation;

/// <summary>The files of a model folder that an import may read.</summary>
internal static class ModelFiles
{
    /// <summary>Modules lie in folders of the model folder, seldom deeper.</summary>
    private static readonly EnumerationOptions _depth = new() { RecurseSubdirectories = true, MaxRecursionDepth = 3, AttributesToSkip = FileAttributes.None };

    private static readonly string[] _endings = [".json", ".safetensors", ".txt"];

    /// <summary>Files of the folder and of its modules' folders, in a fixed order; links that lead elsewhere are left out.</summary>
    public static IReadOnlyList<string> Of(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        return [.. Directory.EnumerateFiles(folder, "*", _depth).Where(f => _endings.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
    }
}
