namespace SemanticSearch.Texts;

/// <summary>Files and folders → the text files to read.</summary>
internal static class TextFinder
{
    // Links are not followed: a link to a folder above would never end.
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    /// <summary>Full paths of the files, each once, in order. A file that is named is taken whatever its ending; of a folder, .txt and .md.</summary>
    /// <exception cref="UserException">A place that does not exist, or no text at all.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> places)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string place in places)
        {
            string full = Path.GetFullPath(place);
            if (File.Exists(full)) found.Add(full);
            else if (Directory.Exists(full)) found.UnionWith(Directory.EnumerateFiles(full, "*", Everything).Where(IsText));
            else throw new UserException($"{place}: no such file or folder", ExitCodes.Failed);
        }

        return found.Count > 0
            ? [.. found]
            : throw new UserException($"{string.Join(", ", places)}: no .txt or .md file there", ExitCodes.Failed);
    }

    /// <summary>Whether a file is read as Markdown.</summary>
    public static bool IsMarkdown(string path) => Path.GetExtension(path).ToLowerInvariant() is ".md" or ".markdown";

    private static bool IsText(string path) => IsMarkdown(path) || Path.GetExtension(path).Equals(".txt", StringComparison.OrdinalIgnoreCase);
}
