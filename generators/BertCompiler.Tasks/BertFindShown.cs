using Microsoft.Build.Framework;

namespace BertCompiler.Tasks;

/// <summary>
/// Files of model folders that an SDK took for content of the program: those of web projects take every .json, and it is copied, published and
/// may be served. What the author of a project names is not among them.
/// </summary>
public sealed class BertFindShown : Microsoft.Build.Utilities.Task
{
    /// <summary>Content items.</summary>
    public ITaskItem[] Content { get; set; } = [];

    /// <summary>Full paths of the model folders.</summary>
    public string[] Folders { get; set; } = [];

    /// <summary>Folders in which SDKs lie.</summary>
    public string[] SdkFolders { get; set; } = [];

    /// <summary>The items to take away.</summary>
    [Output]
    public ITaskItem[] Shown { get; private set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        Shown = [.. Content.Where(c => SdkFolders.Any(f => IsBelow(c.GetMetadata("DefiningProjectFullPath"), f)) && Folders.Any(f => IsBelow(c.GetMetadata("FullPath"), f)))];
        return true;
    }

    private static bool IsBelow(string path, string folder) => folder.Length > 0 && path.StartsWith(folder.TrimEnd('/', '\\') + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase);
}
