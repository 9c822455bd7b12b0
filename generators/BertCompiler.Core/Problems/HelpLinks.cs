namespace BertCompiler.Core.Problems;

/// <summary>Where the page of a kind of problem is. The one place that makes such a link: from the id, below a folder that the build names.</summary>
/// <remarks>The package carries the pages, so the link works offline and is that of the version in use; the property BertHelpFolder can name a web site instead.</remarks>
public static class HelpLinks
{
    /// <summary>The address of the page of <paramref name="id"/>.</summary>
    /// <param name="folder">Full path of a folder, or the beginning of a web address; empty: unknown.</param>
    /// <param name="id">The id, <c>BERT2001</c>.</param>
    /// <returns>The address; null where <paramref name="folder"/> is empty or no full path or address.</returns>
    public static string? Of(string folder, string id)
    {
        if (folder.Length == 0) return null;
        string beginning = folder[^1] is '/' or '\\' ? folder : folder + "/";
        return Uri.TryCreate(beginning, UriKind.Absolute, out Uri? address) ? address.AbsoluteUri + id + ".md" : null;
    }
}
