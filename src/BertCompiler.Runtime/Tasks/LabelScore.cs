namespace BertCompiler;

/// <summary>A label with its score.</summary>
/// <param name="Index">The label's number: that of its logit.</param>
/// <param name="Label">The label's text.</param>
/// <param name="Score">Its score.</param>
public readonly record struct LabelScore(int Index, string Label, float Score)
{
    /// <summary>For people: <c>positive 0.98</c>.</summary>
    public override string ToString() => $"{Printed.Short(Label)} {Printed.Number(Score)}";
}
