using System.Text.RegularExpressions;
using BertCompiler.Core.Problems;

namespace BertCompiler.Tasks;

/// <summary>What to say of an Include that names nothing: a wrong path, or the name of a model on a hub, which nothing downloads.</summary>
internal static class MissingFolder
{
    // What people call the folder that their models are in: "models/none" is a path that is wrong, "BAAI/bge-small-en" is no path.
    private static readonly HashSet<string> _places = new(StringComparer.OrdinalIgnoreCase)
    {
        "assets", "bert", "content", "data", "deps", "external", "files", "lib", "libs", "model", "models", "onnx", "resources", "src", "static", "third_party",
        "tokenizer", "tokenizers", "weights",
    };

    private static readonly Regex _hubName = new(@"^(?<owner>[A-Za-z0-9][\w.-]*)/(?<name>[A-Za-z0-9][\w.-]*)$", RegexOptions.ECMAScript, TimeSpan.FromSeconds(5));

    /// <summary>Adds the problem.</summary>
    /// <param name="item">The item.</param>
    /// <param name="path">The full path that its Include means.</param>
    /// <param name="add">Takes the problem.</param>
    public static void Tell(ModelItem item, string path, Action<ModelItem, ProblemKind, string> add)
    {
        if (HubName(item, path) is { } name)
        {
            string folder = "models/" + name.Split('/')[1];
            add(item, ProblemKinds.HubName, $"there is no folder '{path}', and '{name}' looks like a model's name on the Hugging Face hub: a build downloads nothing. Get it once, as with 'hf download {name} --local-dir {folder}' beside the project file, and write Include=\"{folder}\"");
            return;
        }

        string holds = item.IsTokenizer ? "tokenizer.json or vocab.txt" : "config.json and the weights";
        add(item, ProblemKinds.ModelFolderMissing, $"there is no folder '{path}'. Include names the folder that holds {holds}, relative to the project file");
    }

    private static string? HubName(ModelItem item, string path)
    {
        const string web = "https://huggingface.co/";
        string include = item.Include.StartsWith(web, StringComparison.OrdinalIgnoreCase) ? item.Include[web.Length..].TrimEnd('/') : item.Include;
        Match match = _hubName.Match(include);
        if (!match.Success) return null;
        if (include.Length < item.Include.Length) return include;

        // The first part is a folder that is there: a path with a slip in its second.
        return _places.Contains(match.Groups["owner"].Value) || Directory.Exists(Path.GetDirectoryName(path)) ? null : include;
    }
}
