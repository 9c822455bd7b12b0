using System.Text.RegularExpressions;
using System.Xml.Linq;
using BertCompiler.Core.Problems;

namespace BertCompiler.Tasks;

/// <summary>Finds the folders that an Include such as <c>models/*</c> means.</summary>
internal static class FolderWildcards
{
    private const string Remedy = "MSBuild's own wildcards match files, not folders: name a file that each folder has, as in Include=\"models/*/config.json\"";

    /// <summary>Reads all Includes with wildcards.</summary>
    /// <param name="text">The project file.</param>
    /// <param name="folder">Its folder.</param>
    public static WildcardResult Expand(ProjectText text, string folder)
    {
        List<WildcardItem> items = [];
        List<string> strays = [];
        List<Problem> problems = [];
        foreach (XElement element in text.Elements.Where(IsRead))
        {
            string[] excluded = [.. Parts((string?)element.Attribute("Exclude") ?? "")];
            foreach (string pattern in Parts(ProjectText.IncludeOf(element)!).Where(IsWildcard))
            {
                string type = element.Name.LocalName;
                ItemPlace place = text.PlaceOf(element);
                void refuse(string message) =>
                    problems.Add(new Problem(ProblemKinds.IncludeMatchesNothing, Severity.Error, place.File, place.Line, place.Column, $"{type} Include=\"{pattern}\": {message}"));

                // A pattern that ends in a plain name means files, and MSBuild has matched those; it may also name a folder in each of several.
                bool namesFile = !IsWildcard(LastPart(pattern)) && Path.HasExtension(pattern);
                if (UsesBuild(pattern) || pattern.Contains("**"))
                {
                    if (!namesFile) refuse(Remedy);
                    continue;
                }

                string[] found = [.. Match(folder, pattern, files: namesFile).Where(p => !excluded.Any(e => Covers(e, p)))];
                if (found.Length == 0) refuse(namesFile ? "it matches no file" : "it matches no folder");
                if (namesFile) continue;
                strays.AddRange(Match(folder, pattern, files: true));
                Dictionary<string, string> metadata = MetadataOf(element);
                if (metadata.Values.Any(UsesBuild)) refuse($"its metadata hold properties or items. {Remedy}");
                else items.AddRange(found.Select(f => new WildcardItem(type, f, metadata, place)));
            }
        }

        return new WildcardResult(items, strays, problems);
    }

    /// <summary>Whether an element counts whatever the build's properties are: one with a condition is left to MSBuild.</summary>
    private static bool IsRead(XElement element) =>
        element.AncestorsAndSelf().All(e => e.Attribute("Condition") is null && e.Name.LocalName is "Project" or "ItemGroup" or ModelItem.ModelType or ModelItem.TokenizerType);

    private static IEnumerable<string> Parts(string include) => include.Split(';').Select(p => p.Trim().Replace('\\', '/')).Where(p => p.Length > 0);

    private static bool IsWildcard(string text) => text.IndexOfAny(['*', '?']) >= 0;

    private static bool UsesBuild(string text) => text.Contains("$(") || text.Contains("@(") || text.Contains("%(");

    private static string LastPart(string pattern) => pattern.TrimEnd('/').Split('/')[^1];

    private static bool Covers(string excluded, string path) => !UsesBuild(excluded) && FormOf(excluded.TrimEnd('/')).IsMatch(path);

    private static Regex FormOf(string pattern) =>
        new("^" + Regex.Escape(Uri.UnescapeDataString(pattern)).Replace("\\*", "[^/]*").Replace("\\?", "[^/]") + "$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    private static IEnumerable<string> Match(string folder, string pattern, bool files)
    {
        string trimmed = pattern.TrimEnd('/');
        string[] parts = trimmed.Split('/');
        IEnumerable<string> paths = [trimmed.StartsWith("/", StringComparison.Ordinal) ? "/" : ""];
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length == 0) continue;
            string part = parts[i];
            bool ofFiles = files && i == parts.Length - 1;
            paths = [.. paths.SelectMany(p => Step(folder, p, part, ofFiles))];
        }

        return paths;
    }

    private static IEnumerable<string> Step(string folder, string path, string part, bool files)
    {
        string parent = Path.Combine(folder, path);
        string prefix = path.Length == 0 || path.EndsWith("/", StringComparison.Ordinal) ? path : path + "/";
        if (!IsWildcard(part))
        {
            string name = Uri.UnescapeDataString(part);
            string full = Path.Combine(parent, name);
            return (files ? File.Exists(full) : Directory.Exists(full)) ? [prefix + name] : [];
        }

        if (!Directory.Exists(parent)) return [];
        Regex form = FormOf(part);

        // Names with a dot in front are those of tools: .git, .cache.
        return (files ? Directory.EnumerateFiles(parent) : Directory.EnumerateDirectories(parent))
            .Select(p => Path.GetFileName(p)!).Where(n => n[0] != '.' && form.IsMatch(n)).OrderBy(n => n, StringComparer.Ordinal).Select(n => prefix + n);
    }

    private static Dictionary<string, string> MetadataOf(XElement element)
    {
        Dictionary<string, string> metadata = new(StringComparer.OrdinalIgnoreCase);
        foreach (XAttribute attribute in element.Attributes().Where(a => a.Name.LocalName is not ("Include" or "Exclude" or "Remove" or "Update" or "Label"))) metadata[attribute.Name.LocalName] = attribute.Value;
        foreach (XElement child in element.Elements()) metadata[child.Name.LocalName] = child.Value;
        return metadata;
    }
}
