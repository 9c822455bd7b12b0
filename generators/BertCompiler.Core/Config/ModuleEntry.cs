namespace BertCompiler.Core.Config;

/// <summary>A line of modules.json behind the transformer.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">Its folder, relative to the model folder.</param>
public sealed record ModuleEntry(ModuleKind Kind, string Path);
