using System.Globalization;

namespace BertCompiler.Tokenization;

/// <summary>One token of an encoding.</summary>
/// <param name="Id">Its id.</param>
/// <param name="TypeId">Its token type (segment) id.</param>
/// <param name="Text">Its text: that of the vocabulary, or for an added token what stood in the text, white space that it took along included.</param>
/// <param name="Span">Its place in UTF-16 units, string indices; (0, 0) for a token of the template.</param>
/// <param name="CodePoints">Its place in code points; half of a surrogate pair counts as one.</param>
/// <param name="Word">Number of the word it belongs to, counted from 0 in each text; −1 for a token of the template.</param>
/// <param name="Sequence">0 in the first text, 1 in the second, −1 for a token of the template.</param>
/// <param name="Kind">Whether it stands for text, or was put there.</param>
public readonly record struct Token(int Id, int TypeId, string Text, TextSpan Span, TextSpan CodePoints, int Word, int Sequence, TokenKind Kind)
{
    /// <summary>For people: <c>"##ing" 2075 at 4..7</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Printed.Quoted(Text)} {Id}{(Kind == TokenKind.Text ? $" at {Span}" : "")}");
}
