namespace BertCompiler.Core.Plan;

/// <summary>A result of the model, under the name that Hugging Face gives it.</summary>
/// <param name="Name"><c>last_hidden_state</c>, <c>logits</c> …</param>
/// <param name="Value">The value that it is.</param>
/// <param name="Column">The one column that it is; −1: all of them.</param>
public sealed record Output(string Name, string Value, int Column = -1);
