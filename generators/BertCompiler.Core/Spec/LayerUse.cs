namespace BertCompiler.Core.Spec;

/// <summary>One application of a layer.</summary>
/// <param name="Kind">Which of the stack's kinds it is.</param>
/// <param name="Weights">Number of its set of weights; layers that share weights have the same.</param>
public sealed record LayerUse(int Kind, int Weights);
