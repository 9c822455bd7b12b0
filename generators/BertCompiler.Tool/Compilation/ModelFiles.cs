namespace BertCompiler.Tool.Compilation;

/// <summary>The files of a model folder that an import may read.</summary>
internal static class ModelFiles
{
    private static readonly string[] _endings = [".json", ".safetensors", ".txt"];

    /// <summary>Files of the folder and of its modules' folders, in a fixed order; links that lead elsewhere are left out.</summary>
    public static IReadOnlyList<string> Of(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        IEnumerable<string> folders = Directory.EnumerateDirectories(folder).Prepend(folder);
        return [.. folders.SelectMany(Directory.EnumerateFiles).Where(f => _endings.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
    }
}
