using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>One or several tokens that are one thing.</summary>
/// <param name="Label">Number of the label that it begins with.</param>
/// <param name="Kind">What it is called: the label, or its part behind the first hyphen.</param>
/// <param name="Score">Probability; of several, the mean.</param>
/// <param name="Span">Place in UTF-16 units.</param>
/// <param name="CodePoints">Place in code points.</param>
/// <param name="FirstToken">Index of the first token.</param>
/// <param name="FirstWord">Number of the first word.</param>
/// <param name="LastWord">Number of the last word.</param>
internal readonly record struct EntitySpan(
    int Label, string Kind, double Score, TextSpan Span, TextSpan CodePoints, int FirstToken, int FirstWord, int LastWord);
