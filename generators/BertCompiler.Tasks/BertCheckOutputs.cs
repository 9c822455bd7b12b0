using BertCompiler.Core.Problems;
using Microsoft.Build.Framework;

namespace BertCompiler.Tasks;

/// <summary>
/// Packed files are called after their classes, and those of all libraries lie beside the program: two of one name, from two projects or packages,
/// are an error, as one would replace the other without a word.
/// </summary>
public sealed class BertCheckOutputs : Microsoft.Build.Utilities.Task
{
    /// <summary>What is copied beside the program; TargetPath is the name there.</summary>
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>Full path of the project file.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <summary>Where the pages of the ids are: a folder, or the beginning of a web address.</summary>
    public string HelpFolder { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        foreach (IGrouping<string, ITaskItem> group in Files.GroupBy(f => f.GetMetadata("TargetPath"), StringComparer.OrdinalIgnoreCase))
        {
            string[] origins = [.. group.Select(f => Origin(f)).Distinct(StringComparer.Ordinal).OrderBy(o => o, StringComparer.Ordinal)];
            if (group.Select(f => f.GetMetadata("FullPath")).Distinct(StringComparer.Ordinal).Count() < 2) continue;
            string name = Path.GetFileNameWithoutExtension(group.Key);
            string message = $"the class {name} of a model is in two libraries that this project uses, and both bring a file {group.Key}: {string.Join(" and ", origins)}. Give one of the items another Class";
            ProblemLog.Write(Log, new Problem(ProblemKinds.PackedFileTaken, Severity.Error, Project, 0, 0, message), HelpFolder);
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>The project below whose obj folder a file lies; the file itself, where a package holds it.</summary>
    private static string Origin(ITaskItem file)
    {
        string path = file.GetMetadata("FullPath");
        for (var folder = Directory.GetParent(path); folder is not null; folder = folder.Parent)
        {
            if (folder.EnumerateFiles("*.*proj").FirstOrDefault() is { } project) return project.FullName;
        }

        return path;
    }
}
