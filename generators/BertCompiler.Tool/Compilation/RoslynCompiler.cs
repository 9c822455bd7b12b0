using BertCompiler.Core.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace BertCompiler.Tool.Compilation;

/// <summary>Generated sources → assembly, with the compiler that a build would use and the libraries that this program runs on.</summary>
internal static class RoslynCompiler
{
    /// <summary>Compiles sources into <paramref name="assemblyPath"/>.</summary>
    /// <exception cref="InvalidOperationException">Generated code does not compile: a fault of this program, with the compiler's first errors.</exception>
    public static void Compile(IEnumerable<SourceFile> sources, string assemblyName, string assemblyPath)
    {
        var compilation = CSharpCompilation.Create(
            assemblyName,
            sources.Select(s => CSharpSyntaxTree.ParseText(SourceText.From(s.Text, System.Text.Encoding.UTF8), path: s.Name)),
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        using FileStream output = File.Create(assemblyPath);
        EmitResult result = compilation.Emit(output);
        if (!result.Success)
        {
            IEnumerable<string> errors = result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5).Select(d => d.ToString());
            throw new InvalidOperationException("generated code does not compile:\n" + string.Join('\n', errors));
        }
    }

    private static IEnumerable<MetadataReference> References()
    {
        string runtime = typeof(EncoderModel).Assembly.Location;
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] names = ["System.Private.CoreLib.dll", "System.Runtime.dll", "System.Runtime.InteropServices.dll"];
        return names.Select(n => Path.Combine(framework, n)).Append(runtime).Select(p => MetadataReference.CreateFromFile(p));
    }
}
