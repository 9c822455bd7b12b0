using System.Security.Cryptography;
using System.Text;

namespace SemanticSearch.Indexing;

/// <summary>Where the index of some places is kept unless the user names a file.</summary>
internal static class IndexPlace
{
    /// <summary>A file in the user's cache folder whose name depends on the places.</summary>
    public static string For(IReadOnlyList<string> places)
    {
        string key = string.Join('\n', places.Select(Path.GetFullPath).Order(StringComparer.Ordinal));
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16];
        return Path.Combine(CacheFolder(), "bertcompiler", "search", name + ".index");
    }

    private static string CacheFolder()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named) return named;
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Caches");
        return OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) : Path.Combine(home, ".cache");
    }
}
