namespace BertCompiler.Core.Spec.Steps;

/// <summary>A character of the basic plane.</summary>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Value">One UTF-16 unit that is no half of a pair.</param>
public sealed record CharacterArgument(string Name, char Value) : StepArgument(Name);
