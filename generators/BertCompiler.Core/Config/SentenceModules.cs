namespace BertCompiler.Core.Config;

/// <summary>modules.json of a sentence-transformers folder, as far as it compiles: one transformer, one pooling, perhaps a normalisation.</summary>
/// <param name="TransformerPath">Folder of the transformer, relative to the model folder; empty: the model folder itself.</param>
/// <param name="PoolingPath">Folder of the pooling's config.json, relative to the model folder.</param>
/// <param name="Normalize">Whether the vector is divided by its length.</param>
public sealed record SentenceModules(string TransformerPath, string PoolingPath, bool Normalize);
