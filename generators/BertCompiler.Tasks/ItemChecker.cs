using BertCompiler.Core.Emit;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Request;

namespace BertCompiler.Tasks;

/// <summary>Items as written → items that the build can use, and what is wrong with the others. Nothing is written before all are checked.</summary>
internal sealed class ItemChecker(string rootNamespace)
{
    private readonly List<Problem> _problems = [];

    /// <summary>What is wrong, in the order of the items.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>The items without a fault.</summary>
    public IReadOnlyList<ResolvedItem> Check(IEnumerable<ModelItem> items)
    {
        List<ResolvedItem> resolved = [];
        foreach (ModelItem item in items)
        {
            int before = _problems.Count;
            ResolvedItem result = Resolve(item);
            CheckWords(item);
            CheckClass(result);
            if (_problems.Count == before) resolved.Add(result);
        }

        // Files of two classes lie in one folder, and some file systems know no case.
        foreach (IGrouping<string, ResolvedItem> group in resolved.GroupBy(r => r.ClassName, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            ResolvedItem last = group.Last();
            string others = string.Join(" and ", group.Take(group.Count() - 1).Select(g => g.Item.Written));
            Add(last.Item, ProblemKinds.ClassNameTaken, $"the class {last.ClassName} is that of {others} too; each model and tokenizer needs a class of its own: give each item a Class of its own");
        }

        HashSet<string> taken = new(resolved.GroupBy(r => r.ClassName, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key), StringComparer.OrdinalIgnoreCase);
        return [.. resolved.Where(r => !taken.Contains(r.ClassName))];
    }

    private ResolvedItem Resolve(ModelItem item)
    {
        string folder = FolderOf(item);
        string[] words = [.. item.Weights.Split(';').Select(w => w.Trim()).Where(w => w.Length > 0)];
        string[] files = [.. words.Where(w => ItemWords.Place(w) is null)];
        bool embedded = words.Any(w => ItemWords.Place(w) == WeightsPlace.Embedded);

        // No file of weights is without an ending, and a tokenizer has none: a misspelt word.
        if (files.Length > 1 || files.Any(f => item.IsTokenizer || !f.Contains('.')) || words.Length - files.Length > 1)
        {
            string or = item.IsTokenizer ? "" : ", a file of weights in the model folder, or both, separated by a semicolon";
            Add(item, ProblemKinds.OptionUnknown, $"Weights=\"{item.Weights}\": expected {ItemWords.PlaceWords}{or}");
        }

        string className = item.Class.Length > 0 ? item.Class : DefaultClassName.Of(rootNamespace, folder, item.IsTokenizer);
        return new ResolvedItem(item, folder, className, embedded, files.FirstOrDefault() ?? "");
    }

    /// <summary>The folder that Include names, itself or by a file whose name every such folder has, as a wildcard of MSBuild's finds it: <c>models/*/config.json</c>.</summary>
    private string FolderOf(ModelItem item)
    {
        string path = item.FullPath.TrimEnd('/', '\\');
        if (path.Length == 0 || Directory.Exists(path)) return path;
        string name = Path.GetFileName(path);
        if (!File.Exists(path))
        {
            MissingFolder.Tell(item, path, Add);
            return path;
        }

        if (name == "config.json" || (item.IsTokenizer && name == "tokenizer.json")) return Path.GetDirectoryName(path)!;
        string remedy = item.IsTokenizer ? "write the folder that holds it" : $"write the folder that holds it; where there are several files of weights, Weights=\"{name}\" says which";
        Add(item, ProblemKinds.ModelFolderMissing, $"'{path}' is a file, and Include names a folder: {remedy}");
        return path;
    }

    private void CheckWords(ModelItem item)
    {
        if (item.Precision is not ("" or "fp32")) Add(item, ProblemKinds.PrecisionUnsupported, $"Precision=\"{item.Precision}\" is not supported; expected 'fp32'");
        if (ItemWords.Access(item.Access) is null) Add(item, ProblemKinds.OptionUnknown, $"Access=\"{item.Access}\": expected {ItemWords.AccessWords}");
        if (item.IsTokenizer && item.Taps.Length > 0) Add(item, ProblemKinds.OptionUnknown, $"Taps=\"{item.Taps}\": a tokenizer has no intermediate results");
        else if (ItemWords.Taps(item.Taps) is null) Add(item, ProblemKinds.OptionUnknown, $"Taps=\"{item.Taps}\": expected {ItemWords.TapsWords}");
    }

    /// <summary>A class names files below obj, so nothing but a C# name gets as far as a path.</summary>
    private void CheckClass(ResolvedItem result)
    {
        if (ClassNames.Problem(result.ClassName, result.Item.IsTokenizer) is not { } reason) return;
        Add(result.Item, ProblemKinds.ClassNameInvalid, $"{reason}; write a class name with its namespace, such as Class=\"Shop.MiniLm\"");
    }

    private void Add(ModelItem item, ProblemKind kind, string message) =>
        _problems.Add(new Problem(kind, Severity.Error, item.Place.File, item.Place.Line, item.Place.Column, $"{item.Written}: {message}"));
}
