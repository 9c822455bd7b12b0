namespace BertCompiler.Core.Problems;

/// <summary>
/// Generated code calls members of the runtime that nobody else calls, and they may change with each version. So the compiler, the runtime and
/// every library with generated code must be of one version; what is not is told when a program is built, not when it calls what is not there.
/// </summary>
public static class RuntimeHandshake
{
    /// <summary>The runtime's assembly.</summary>
    public const string RuntimeAssembly = "BertCompiler.Runtime";

    /// <summary>Key of the AssemblyMetadata attribute that an assembly with generated code carries; its value is the compiler's version.</summary>
    public const string MetadataKey = "BertCompiler.Generator";

    /// <summary>The version of this compiler, which is that of all packages of one release.</summary>
    public static Version Version { get; } = typeof(RuntimeHandshake).Assembly.GetName().Version;

    /// <summary>The problem of a project's reference to the runtime; null: it fits.</summary>
    /// <param name="runtime">The version of the referenced runtime; null: there is none.</param>
    /// <param name="project">The project file, for the message; may be empty.</param>
    public static Problem? CheckRuntime(Version? runtime, string project)
    {
        if (runtime is null) return Tell(ProblemKinds.RuntimeMissing, project, $"generated code needs the assembly {RuntimeAssembly}, which the project does not reference: reference the package BertCompiler without ExcludeAssets");
        return runtime == Version ? null : Tell(ProblemKinds.RuntimeMismatch, project, $"the compiler is of version {Version.ToString(3)} and {RuntimeAssembly} of version {runtime.ToString(3)}: use one version of the package BertCompiler in all projects");
    }

    /// <summary>The problem of a referenced library with generated code; null: it fits.</summary>
    /// <param name="library">The library's name.</param>
    /// <param name="generatedBy">What its <see cref="MetadataKey"/> says.</param>
    /// <param name="project">The project file, for the message; may be empty.</param>
    public static Problem? CheckLibrary(string library, string generatedBy, string project) => generatedBy == Version.ToString() ? null :
        Tell(ProblemKinds.RuntimeMismatch, project, $"the models in {library} were compiled by BertCompiler {generatedBy}, and the program gets {RuntimeAssembly} {Version}: use one version of BertCompiler in both, and build {library} again");

    private static Problem Tell(ProblemKind kind, string project, string message) => new(kind, Severity.Error, project, 0, 0, message);
}
