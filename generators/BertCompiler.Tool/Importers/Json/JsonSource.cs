using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers.Json;

/// <summary>What a JSON text is called in messages, and which kind of fault it is if it is none.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Malformed">The kind of fault.</param>
internal sealed record JsonSource(string File, ProblemKind Malformed);
