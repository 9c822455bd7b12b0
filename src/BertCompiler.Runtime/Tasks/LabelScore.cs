namespace BertCompiler;

/// <summary>A label with its score.</summary>
/// <param name="Index">The label's number: that of its logit.</param>
/// <param name="Label">The label's text.</param>
/// <param name="Score">Its score.</param>
public readonly record struct LabelScore(int Index, string Label, float Score);
