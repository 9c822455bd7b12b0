using BertCompiler.Core.Problems;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace BertCompiler.Tasks;

/// <summary>
/// Wildcards that mean folders. MSBuild's own match files only, so <c>Include="models/*"</c> would find nothing, and say nothing: the task reads
/// such Includes in the project file and finds the folders.
/// </summary>
public sealed class BertExpand : Microsoft.Build.Utilities.Task
{
    /// <summary>Full path of the project file.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <summary>Whether faults are warnings, as in an editor's builds.</summary>
    public bool Lenient { get; set; }

    /// <summary>Where the pages of the ids are: a folder, or the beginning of a web address.</summary>
    public string HelpFolder { get; set; } = "";

    /// <summary>BertModel items, one a folder.</summary>
    [Output]
    public ITaskItem[] Models { get; private set; } = [];

    /// <summary>BertTokenizer items, one a folder.</summary>
    [Output]
    public ITaskItem[] Tokenizers { get; private set; } = [];

    /// <summary>Files that MSBuild took for items because they lie beside the folders.</summary>
    [Output]
    public ITaskItem[] Strays { get; private set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        var found = FolderWildcards.Expand(ProjectText.Read(Project), Path.GetDirectoryName(Project)!);
        foreach (Problem problem in found.Problems) ProblemLog.Write(Log, Lenient ? problem with { Severity = Severity.Warning } : problem, HelpFolder);
        Models = [.. found.Items.Where(i => i.Type == ModelItem.ModelType).Select(Item)];
        Tokenizers = [.. found.Items.Where(i => i.Type == ModelItem.TokenizerType).Select(Item)];
        Strays = [.. found.Strays.Select(s => (ITaskItem)new TaskItem(ItemWriter.Escape(s)))];
        return !Log.HasLoggedErrors;
    }

    private static ITaskItem Item(WildcardItem item)
    {
        var result = new TaskItem(ItemWriter.Escape(item.Include));
        foreach (KeyValuePair<string, string> pair in item.Metadata) result.SetMetadata(pair.Key, pair.Value);
        result.SetMetadata(ItemReader.FileMetadata, ItemWriter.Escape(item.Place.File));
        result.SetMetadata(ItemReader.LineMetadata, item.Place.Line.ToString(System.Globalization.CultureInfo.InvariantCulture));
        result.SetMetadata(ItemReader.ColumnMetadata, item.Place.Column.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return result;
    }
}
