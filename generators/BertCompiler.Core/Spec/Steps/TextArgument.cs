namespace BertCompiler.Core.Spec.Steps;

/// <summary>A text, perhaps empty.</summary>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Value">The text.</param>
public sealed record TextArgument(string Name, string Value) : StepArgument(Name);
