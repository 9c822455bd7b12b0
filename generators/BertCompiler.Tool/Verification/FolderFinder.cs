namespace BertCompiler.Tool.Verification;

/// <summary>Finds the folders to verify: those that are named, and where one is a collection, the folders in it.</summary>
internal static class FolderFinder
{
    /// <summary>Folders, each with what can verify it, or null where nothing in it is known.</summary>
    public static IReadOnlyList<KeyValuePair<string, IFolderVerifier?>> Find(IEnumerable<string> folders, IReadOnlyList<IFolderVerifier> verifiers)
    {
        var found = new List<KeyValuePair<string, IFolderVerifier?>>();
        foreach (string folder in folders)
        {
            KeyValuePair<string, IFolderVerifier?>[] inside = Of(folder) is not null || !Directory.Exists(folder) ? []
                : [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Select(f => KeyValuePair.Create(f, Of(f))).Where(f => f.Value is not null)];
            if (inside.Length > 0) found.AddRange(inside);
            else found.Add(KeyValuePair.Create(folder, Of(folder)));
        }

        return found;

        IFolderVerifier? Of(string folder) => verifiers.FirstOrDefault(v => v.Recognises(folder));
    }
}
