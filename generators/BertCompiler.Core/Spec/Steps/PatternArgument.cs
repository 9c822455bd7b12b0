namespace BertCompiler.Core.Spec.Steps;

/// <summary>What a step looks for: a text, or the first of several alternatives.</summary>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Literal">The text; empty where there are alternatives.</param>
/// <param name="Alternatives">In the order in which they are tried.</param>
public sealed record PatternArgument(string Name, string Literal, EquatableArray<SetRun> Alternatives) : StepArgument(Name);
