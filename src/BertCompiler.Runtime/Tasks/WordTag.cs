using System.Globalization;

namespace BertCompiler;

/// <summary>The label of one word.</summary>
/// <param name="Word">Number of the word.</param>
/// <param name="LabelIndex">Number of the label: that of its logit, and the value of the model's enum; −1 for a word without any token (white space only).</param>
/// <param name="Label">The label's text; empty for a word without any token.</param>
/// <param name="Score">Its probability.</param>
public readonly record struct WordTag(int Word, int LabelIndex, string Label, float Score)
{
    /// <summary>For people: <c>word 3: B-PER 0.98</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"word {Word}: {(LabelIndex < 0 ? "no token" : $"{Printed.Short(Label)} {Printed.Number(Score)}")}");
}
