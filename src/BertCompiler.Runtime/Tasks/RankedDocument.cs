using System.Globalization;

namespace BertCompiler;

/// <summary>A document in the order of a cross-encoder.</summary>
/// <param name="Index">Its place among the documents that were given.</param>
/// <param name="Score">How well it fits the query.</param>
/// <param name="Text">The document.</param>
/// <param name="Truncated">Whether query and document together were cut because the model cannot read more.</param>
public readonly record struct RankedDocument(int Index, float Score, string Text, bool Truncated)
{
    /// <summary>For people: <c>document 3, 0.98: "Ada wrote to Charles."</c>.</summary>
    public override string ToString() => $"document {Index.ToString(CultureInfo.InvariantCulture)}, {Printed.Number(Score)}: {Printed.Quoted(Text)}{Printed.Cut(Truncated)}";
}
