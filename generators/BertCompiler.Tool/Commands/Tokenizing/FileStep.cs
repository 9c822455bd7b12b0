namespace BertCompiler.Tool.Commands.Tokenizing;

/// <summary>The files whose ids go to one output.</summary>
/// <param name="Inputs">The files.</param>
/// <param name="Output">The output file; null: the standard output.</param>
internal sealed record FileStep(IReadOnlyList<string> Inputs, string? Output);
