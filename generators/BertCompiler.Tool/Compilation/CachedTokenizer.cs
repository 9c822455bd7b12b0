using BertCompiler.Tokenization;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Compilation;

/// <summary>A compiled tokenizer in the cache, or why it is not there.</summary>
/// <param name="Import">The import's result; without a manifest where it failed.</param>
/// <param name="PackedPath">The packed file.</param>
/// <param name="AssemblyPath">The compiled class.</param>
internal sealed record CachedTokenizer(TokenizerImportResult Import, string PackedPath, string AssemblyPath)
{
    /// <summary>Loads the class; the caller disposes of the tokenizer.</summary>
    public Tokenizer Load() => (Tokenizer)CompiledClass.Load(AssemblyPath, new LoadOptions { WeightsPath = PackedPath });
}
