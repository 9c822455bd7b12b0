namespace BertCompiler.Core.Plan;

/// <summary>A LayerNorm by the names of its packed tensors.</summary>
public sealed record NormRef(string Scale, string Shift, double Epsilon);
