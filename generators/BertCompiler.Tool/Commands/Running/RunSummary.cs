namespace BertCompiler.Tool.Commands.Running;

/// <summary>What a run did.</summary>
/// <param name="Groups">Groups of inputs.</param>
/// <param name="Sequences">Rows of input.</param>
/// <param name="Tokens">Tokens, without padding.</param>
/// <param name="Tensors">Tensors written.</param>
internal sealed record RunSummary(int Groups, long Sequences, long Tokens, int Tensors);
