namespace BertCompiler.Core.Spec;

/// <summary>A text that is put before inputs.</summary>
/// <param name="Name">Its name in the folder, <c>query</c>.</param>
/// <param name="Text">The text, blanks included.</param>
public sealed record PromptSpec(string Name, string Text);
