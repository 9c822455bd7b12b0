namespace BertCompiler.Tool.Verification;

/// <summary>Finds the folders to verify: those that are named, and where one is a collection, the folders in it, and in those.</summary>
internal static class FolderFinder
{
    private const int Depth = 4;

    /// <summary>Folders, each with what can verify it, or null where nothing in it is known.</summary>
    public static IReadOnlyList<KeyValuePair<string, IFolderVerifier?>> Find(IEnumerable<string> folders, IReadOnlyList<IFolderVerifier> verifiers)
    {
        var found = new List<KeyValuePair<string, IFolderVerifier?>>();
        foreach (string folder in folders)
        {
            int before = found.Count;
            Add(folder, Depth);
            if (found.Count == before) found.Add(KeyValuePair.Create<string, IFolderVerifier?>(folder, null));
        }

        return found;

        void Add(string folder, int depth)
        {
            if (verifiers.FirstOrDefault(v => v.Recognises(folder)) is { } verifier) found.Add(KeyValuePair.Create<string, IFolderVerifier?>(folder, verifier));
            else if (depth > 0 && Directory.Exists(folder))
            {
                foreach (string inside in Directory.GetDirectories(folder).Order(StringComparer.Ordinal)) Add(inside, depth - 1);
            }
        }
    }
}
