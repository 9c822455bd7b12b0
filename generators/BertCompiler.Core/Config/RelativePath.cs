namespace BertCompiler.Core.Config;

/// <summary>Paths that a model's files name. The check is on the text alone: nothing is opened to find out.</summary>
public static class RelativePath
{
    /// <summary>
    /// Whether a path stays inside the folder it is relative to, on every operating system: parts separated by '/', none of them empty,
    /// <c>.</c> or <c>..</c>, without backslashes, colons (drives, streams) and control characters.
    /// </summary>
    public static bool IsInside(string path) =>
        path.Length is > 0 and <= 1024
        && path.All(c => c is not ('\\' or ':') && !char.IsControl(c))
        && path.Split('/').All(part => part.Length > 0 && part.Trim() is not ("" or "." or ".."));
}
