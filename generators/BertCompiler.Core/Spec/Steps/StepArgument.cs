namespace BertCompiler.Core.Spec.Steps;

/// <summary>An argument of a step.</summary>
/// <param name="Name">Name of the parameter.</param>
public abstract record StepArgument(string Name);
