using BertCompiler.Core.Plan;
using BertCompiler.Testing;
using BertCompiler.Tool.Compilation;

namespace BertCompiler.Runtime.Tests.Lifetimes;

/// <summary>The bundled embedder, compiled: a whole model that every clone has.</summary>
internal static class BundledModel
{
    private static readonly CachedModel _compiled = ModelCache.OfUser.Get(Path.Combine(SharedData.Repository, "models", "bundled-embedder"), Taps.None);

    /// <summary>The packed file that <see cref="Load"/> maps.</summary>
    public static string WeightsPath => _compiled.WeightsPath;

    public static SentenceEncoder Load(LoadOptions? options = null) => (SentenceEncoder)_compiled.Load(options);
}
