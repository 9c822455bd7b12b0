using BertCompiler.Core.Problems;
using Microsoft.Build.Framework;

namespace BertCompiler.Tasks;

/// <summary>BertModel and BertTokenizer items → what the build does for each, or errors at the items' places in the project file.</summary>
public sealed class BertResolve : Microsoft.Build.Utilities.Task
{
    /// <summary>BertModel items.</summary>
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>BertTokenizer items.</summary>
    public ITaskItem[] Tokenizers { get; set; } = [];

    /// <summary>Full path of the project file.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <summary>The project's root namespace; empty: classes without Class have no namespace.</summary>
    public string RootNamespace { get; set; } = "";

    /// <summary>The folder below obj that manifests and packed files go to.</summary>
    [Required]
    public string ImportFolder { get; set; } = "";

    /// <summary>Whether faults are warnings: an editor's build must not lose the project for one item.</summary>
    public bool Lenient { get; set; }

    /// <summary>Where the pages of the ids are: a folder, or the beginning of a web address.</summary>
    public string HelpFolder { get; set; } = "";

    /// <summary>The items that can be imported.</summary>
    [Output]
    public ITaskItem[] Resolved { get; private set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        Dictionary<string, ProjectText> texts = new(StringComparer.Ordinal);
        var checker = new ItemChecker(RootNamespace);
        ModelItem[] items =
        [
            .. Models.Select(m => ItemReader.Read(m, ModelItem.ModelType, Project, texts)),
            .. Tokenizers.Select(t => ItemReader.Read(t, ModelItem.TokenizerType, Project, texts)),
        ];
        IReadOnlyList<ResolvedItem> resolved = checker.Check(items);
        foreach (Problem problem in checker.Problems) ProblemLog.Write(Log, Lenient ? problem with { Severity = Severity.Warning } : problem, HelpFolder);
        Resolved = [.. resolved.Select(r => ItemWriter.Write(r, ImportFolder))];
        return !Log.HasLoggedErrors;
    }
}
