using BertCompiler.Core.Problems;
using Microsoft.Build.Framework;

namespace BertCompiler.Tasks;

/// <summary>
/// The runtime and libraries with compiled models must be of this compiler's version. The source generator checks the runtime too, for editors; here
/// it is told before the C# compiler finds members missing, and for programs that get the package through a library, where no generator runs.
/// </summary>
public sealed class BertCheckReferences : Microsoft.Build.Utilities.Task
{
    /// <summary>The assemblies that the compiler gets.</summary>
    public ITaskItem[] References { get; set; } = [];

    /// <summary>Full path of the project file.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <summary>Whether the project compiles models itself.</summary>
    public bool HasModels { get; set; }

    /// <summary>Where the pages of the ids are: a folder, or the beginning of a web address.</summary>
    public string HelpFolder { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        AssemblyFacts[] assemblies = [.. References.Where(r => r.GetMetadata("FrameworkReferenceName").Length == 0).Select(r => AssemblyFacts.Read(r.ItemSpec)).OfType<AssemblyFacts>()];
        Version? runtime = assemblies.FirstOrDefault(a => a.Name == RuntimeHandshake.RuntimeAssembly)?.Version;
        Tell(runtime is null && !HasModels ? null : RuntimeHandshake.CheckRuntime(runtime, Project));
        foreach (AssemblyFacts library in assemblies)
        {
            if (library.GeneratedBy is { } version) Tell(RuntimeHandshake.CheckLibrary(library.Name, version, Project));
        }

        return !Log.HasLoggedErrors;
    }

    private void Tell(Problem? problem)
    {
        if (problem is not null) ProblemLog.Write(Log, problem, HelpFolder);
    }
}
