namespace BertCompiler.Core.Spec.Steps;

/// <summary>A count.</summary>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Value">From 0 on.</param>
public sealed record NumberArgument(string Name, int Value) : StepArgument(Name);
