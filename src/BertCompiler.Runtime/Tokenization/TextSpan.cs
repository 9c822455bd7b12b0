using System.Globalization;

namespace BertCompiler.Tokenization;

/// <summary>A place in a text: from <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
/// <param name="Start">Index of the first unit.</param>
/// <param name="End">Index one behind the last unit.</param>
public readonly record struct TextSpan(int Start, int End)
{
    /// <summary>For people: <c>4..7</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start}..{End}");
}
