namespace BertCompiler.Core.Spec.Steps;

/// <summary>A table of replacements in the packed file.</summary>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Index">Which.</param>
public sealed record MapArgument(string Name, int Index) : StepArgument(Name);
