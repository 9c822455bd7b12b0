namespace BertCompiler.Core.Spec.Steps;

/// <summary>Yes or no.</summary>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Value">Which.</param>
public sealed record FlagArgument(string Name, bool Value) : StepArgument(Name);
