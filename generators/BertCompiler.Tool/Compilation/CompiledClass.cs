using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;

namespace BertCompiler.Tool.Compilation;

/// <summary>Loads a class that this program compiled.</summary>
internal static class CompiledClass
{
    /// <summary>What the class's own <c>Load</c> gives.</summary>
    /// <param name="assembly">Path of the assembly.</param>
    /// <param name="options">Where the packed file lies.</param>
    public static object Load(string assembly, LoadOptions options)
    {
        // Every such assembly has the same name: a context of its own lets several live in one process.
        Type type = new AssemblyLoadContext(assembly).LoadFromAssemblyPath(assembly).GetType($"{ModelRequest.Namespace}.{ModelRequest.ClassName}", throwOnError: true)!;
        try
        {
            return type.GetMethod("Load")!.Invoke(null, [options])!;
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }
}
