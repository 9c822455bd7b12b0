namespace BertCompiler.Build.Tests;

/// <summary>Model folders for projects.</summary>
internal static class ModelFolders
{
    /// <summary>Copies a model folder.</summary>
    public static string Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return to;
    }
}
