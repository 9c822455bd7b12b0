using BertCompiler.Core.Problems;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BertCompiler.Generator;

/// <summary>What a compilation is made with, beside models: plain values, so that an edit of the program leaves them equal.</summary>
/// <param name="Problem">Why generated code and the referenced runtime do not fit; null: they do.</param>
/// <param name="HelpFolder">Where the pages of the ids are.</param>
internal sealed record Surroundings(Problem? Problem, string HelpFolder)
{
    /// <summary>Reads a compilation and its options.</summary>
    public static Surroundings Of(Compilation compilation, AnalyzerConfigOptions options)
    {
        string help = options.TryGetValue("build_property.BertHelpFolder", out string? folder) ? folder : "";
        Version? runtime = compilation.ReferencedAssemblyNames.FirstOrDefault(a => a.Name == RuntimeHandshake.RuntimeAssembly)?.Version;
        return new Surroundings(RuntimeHandshake.CheckRuntime(runtime, ""), help);
    }
}
