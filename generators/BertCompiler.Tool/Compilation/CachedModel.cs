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
        SlowCpu.WarnOnce();
        return (EncoderModel)CompiledClass.Load(AssemblyPath, (options ?? new LoadOptions()) with { WeightsPath = WeightsPath });
    }
}
