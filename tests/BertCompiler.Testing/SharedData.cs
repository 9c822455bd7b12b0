namespace BertCompiler.Testing;

/// <summary>
/// The folder <c>shared</c> beside the repository: real models, reference results, hostile files. A clone may lack it; then tests that
/// need it skip and say so. Where it is there, a missing or wrong file is a failure.
/// </summary>
public static class SharedData
{
    /// <summary>Path of the shared folder, or null where there is none.</summary>
    public static string? Root { get; } = Find();

    /// <summary>The reason a test gives for skipping.</summary>
    public const string Missing = "needs the folder 'shared' beside the repository (reference results and models), which is not there";

    /// <summary>The root of this repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Path of something in the shared folder; it must exist.</summary>
    public static string Require(params string[] parts)
    {
        string root = Root ?? throw new InvalidOperationException(Missing);
        string path = Path.Combine([root, .. parts]);
        if (!File.Exists(path) && !Directory.Exists(path)) throw new FileNotFoundException($"the shared folder is there, but this is not in it: {path}");
        return path;
    }

    private static string? Find()
    {
        string candidate = Path.Combine(Path.GetDirectoryName(FindRepository())!, "shared");
        return Directory.Exists(candidate) ? candidate : null;
    }

    private static string FindRepository()
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            if (File.Exists(Path.Combine(d.FullName, "BertCompiler.sln"))) return d.FullName;
        }

        throw new InvalidOperationException("the tests must run from inside the repository");
    }
}
