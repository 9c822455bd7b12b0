namespace BertCompiler.Core.Config;

/// <summary>modules.json of a sentence-transformers folder: a transformer, and the modules behind it in order.</summary>
/// <param name="TransformerPath">Folder of the transformer, relative to the model folder; empty: the model folder itself.</param>
/// <param name="Kind">What the modules make of the model.</param>
/// <param name="Modules">What follows the transformer; a pooling first, where there is one.</param>
public sealed record SentenceModules(string TransformerPath, SentenceFolderKind Kind, EquatableArray<ModuleEntry> Modules);
