using System.Globalization;
using BertCompiler.Core.Spec.Steps;

namespace BertCompiler.Core.Emit.Tokenizers;

/// <summary>A pattern as C#, and as a regular expression to read.</summary>
internal static class PatternCode
{
    private static readonly (PatternSets Set, string Expression)[] _sets =
    [
        (PatternSets.Letter, @"\p{L}"), (PatternSets.Number, @"\p{N}"), (PatternSets.WhiteSpace, @"\s"), (PatternSets.PatternWord, @"\w"),
        (PatternSets.Digit, @"\d"), (PatternSets.Mark, @"\p{M}"), (PatternSets.PatternPunctuation, @"\p{P}"), (PatternSets.Symbol, @"\p{S}"),
    ];

    /// <summary>The arguments of the runtime's <c>TextPattern</c>.</summary>
    public static string Arguments(PatternArgument pattern) => pattern.Alternatives.Count == 0
        ? Literal.String(pattern.Literal)
        : string.Join(", ", pattern.Alternatives.Select(Alternative));

    /// <summary>What is looked for, in words for a comment; not escaped.</summary>
    public static string Shown(PatternArgument pattern) => pattern.Alternatives.Count == 0
        ? Quoted(pattern.Literal)
        : "/" + string.Join("|", pattern.Alternatives.Select(Expression)) + "/";

    /// <summary>A text of the model between quotation marks, shortened where it is long.</summary>
    public static string Quoted(string text)
    {
        const int most = 24;
        return "\"" + Literal.Comment(text.Length <= most ? text : text[..most] + "…") + "\"";
    }

    private static string Alternative(SetRun item)
    {
        string sets = item.Sets == PatternSets.None ? "tk.CodePointSets.None" : string.Join(" | ", Named(item.Sets).Select(s => "tk.CodePointSets." + s.Set));
        string most = item.Most == int.MaxValue ? "int.MaxValue" : Number(item.Most);
        return $"new tk.PatternAlternative({sets}, {Literal.String(item.Characters)}, {(item.Negated ? "true" : "false")}, {Number(item.Least)}, {most})";
    }

    private static string Expression(SetRun item)
    {
        string inside = string.Concat(Named(item.Sets).Select(s => s.Expression)) + Literal.Comment(item.Characters);
        bool single = !item.Negated && (item.Characters.Length == 0 ? Named(item.Sets).Count() == 1 : item.Sets == PatternSets.None && item.Characters.Length == 1);
        string set = single ? inside : (item.Negated ? "[^" : "[") + inside + "]";
        return set + Times(item.Least, item.Most);
    }

    private static string Times(int least, int most) => (least, most) switch
    {
        (1, 1) => "",
        (1, int.MaxValue) => "+",
        (_, int.MaxValue) => "{" + Number(least) + ",}",
        _ => least == most ? "{" + Number(least) + "}" : "{" + Number(least) + "," + Number(most) + "}",
    };

    private static IEnumerable<(PatternSets Set, string Expression)> Named(PatternSets sets) => _sets.Where(s => sets.HasFlag(s.Set));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
