namespace BertCompiler.Core.Config;

/// <summary>Another name that a field of config.json has in some files.</summary>
/// <param name="Name">The usual name.</param>
/// <param name="Other">The other one.</param>
public sealed record FieldAlias(string Name, string Other);
