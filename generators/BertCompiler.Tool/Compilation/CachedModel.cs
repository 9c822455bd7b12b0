using System.Runtime.Loader;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Compilation;

/// <summary>A model in the cache, or why it is not there.</summary>
/// <param name="Import">The import's result; without a manifest where it failed.</param>
/// <param name="WeightsPath">The packed weights.</param>
/// <param name="AssemblyPath">The compiled class.</param>
internal sealed record CachedModel(ImportResult Import, string WeightsPath, string AssemblyPath)
{
    /// <summary>Loads the class.</summary>
    public EncoderModel Load(LoadOptions? options = null)
    {
        // Every compiled model has the same assembly name: a context of its own lets several live in one process.
        Type type = new AssemblyLoadContext(AssemblyPath).LoadFromAssemblyPath(AssemblyPath).GetType($"{ModelRequest.Namespace}.{ModelRequest.ClassName}", throwOnError: true)!;
        var withPath = new LoadOptions { WeightsPath = WeightsPath, Crew = options?.Crew };
        try
        {
            return (EncoderModel)type.GetMethod("Load")!.Invoke(null, [withPath])!;
        }
        catch (System.Reflection.TargetInvocationException e) when (e.InnerException is { } inner)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }
}
