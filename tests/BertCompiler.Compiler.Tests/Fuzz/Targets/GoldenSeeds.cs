using BertCompiler.Testing;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>Seeds out of the folder <c>shared</c>; none where it is absent.</summary>
internal static class GoldenSeeds
{
    /// <summary>Longer files only slow down.</summary>
    private const long MostBytes = 400_000;

    /// <summary>Files of that name in the folders of a part of the reference data whose names begin as given.</summary>
    /// <param name="part"><c>models</c>, <c>hostile</c>, <c>tokenizers</c>.</param>
    /// <param name="folders">How the folders' names begin.</param>
    /// <param name="file">The file's name, may hold a <c>*</c>.</param>
    /// <param name="most">Most files; the first ones by name.</param>
    public static IEnumerable<byte[]> Find(string part, string folders, string file, int most = 100)
    {
        if (SharedData.Root is not { } root) return [];
        return Directory.GetDirectories(Path.Combine(root, "golden", part), folders + "*")
            .Order(StringComparer.Ordinal)
            .SelectMany(folder => Directory.GetFiles(folder, file).Order(StringComparer.Ordinal))
            .Where(path => new FileInfo(path).Length <= MostBytes)
            .Take(most)
            .Select(File.ReadAllBytes);
    }
}
