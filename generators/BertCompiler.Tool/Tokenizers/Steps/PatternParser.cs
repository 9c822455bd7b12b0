using System.Globalization;
using BertCompiler.Core.Spec.Steps;

namespace BertCompiler.Tool.Tokenizers.Steps;

/// <summary>
/// Reads the regular expressions that can be packed: alternatives, each one set of code points so many times. Everything else is refused;
/// no regular expression is ever run.
/// </summary>
internal sealed class PatternParser
{
    private const string Special = "\\^$.|?*+()[]{}";

    private readonly string _text;
    private int _at;

    private PatternParser(string text) => _text = text;

    /// <summary>The alternatives, or null where the pattern is of another shape.</summary>
    public static IReadOnlyList<SetRun>? TryParse(string pattern)
    {
        var parser = new PatternParser(pattern);
        var items = new List<SetRun>();
        while (parser.TryItem() is { } item)
        {
            items.Add(item);
            if (parser._at == pattern.Length) return items;
            if (!parser.Take('|')) return null;
        }

        return null;
    }

    /// <summary>The text that a pattern without any special character stands for, or null.</summary>
    public static string? TryLiteral(string pattern) => pattern.Length > 0 && !pattern.Any(Special.Contains) ? pattern : null;

    private bool Take(char character)
    {
        if (_at >= _text.Length || _text[_at] != character) return false;
        _at++;
        return true;
    }

    private SetRun? TryItem()
    {
        if (TrySet() is not { } set) return null;
        (int least, int most) = (1, 1);
        if (Take('+')) most = int.MaxValue;
        else if (Take('{') && !TryCounts(out least, out most)) return null;
        bool more = _at < _text.Length && _text[_at] is '?' or '*' or '+';
        return more || least is < 1 or > SetRun.MostLeast || most < least ? null : set with { Least = least, Most = most };
    }

    private bool TryCounts(out int least, out int most)
    {
        (least, most) = (0, 0);
        int end = _text.IndexOf('}', _at);
        if (end < 0) return false;
        string[] counts = _text[_at..end].Split(',');
        _at = end + 1;
        if (counts.Length > 2 || !TryCount(counts[0], out least)) return false;
        if (counts.Length == 1) most = least;
        else if (counts[1].Length == 0) most = int.MaxValue;
        else return TryCount(counts[1], out most);
        return true;
    }

    private static bool TryCount(string text, out int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);

    private SetRun? TrySet()
    {
        if (_at >= _text.Length) return null;
        char c = _text[_at];
        if (c == '\\') return TryEscape(out SetRun? item) ? item : null;
        if (c == '[') return TryBrackets();
        if (Special.Contains(c) || char.IsSurrogate(c)) return null;
        _at++;
        return new(PatternSets.None, c.ToString(), false, 1, 1);
    }

    private SetRun? TryBrackets()
    {
        _at++;
        bool negated = Take('^');
        var sets = PatternSets.None;
        string characters = "";
        while (_at < _text.Length && _text[_at] != ']')
        {
            char c = _text[_at];
            if (c == '\\')
            {
                if (!TryEscape(out SetRun? inner) || inner!.Negated) return null;
                sets |= inner.Sets;
                characters += inner.Characters;
                continue;
            }

            if (c is '[' or '&' || char.IsSurrogate(c)) return null;
            _at++;
            char last = c;
            if (_at + 1 < _text.Length && _text[_at] == '-' && _text[_at + 1] != ']')
            {
                last = _text[_at + 1];
                if (last == '\\' || char.IsSurrogate(last) || last < c || last - c > SetRun.MostCharacters) return null;
                _at += 2;
            }

            for (int x = c; x <= last; x++) characters += (char)x;
        }

        return Take(']') && (sets != PatternSets.None || characters.Length > 0) && characters.Length <= SetRun.MostCharacters ? new(sets, characters, negated, 1, 1) : null;
    }

    private bool TryEscape(out SetRun? item)
    {
        item = null;
        if (_at + 1 >= _text.Length) return false;
        char c = _text[_at + 1];
        _at += 2;
        PatternSets sets = char.ToLowerInvariant(c) switch
        {
            's' => PatternSets.WhiteSpace,
            'd' => PatternSets.Digit,
            'w' => PatternSets.PatternWord,
            'p' => Property(),
            _ => PatternSets.None,
        };
        if (sets != PatternSets.None) item = new(sets, "", char.IsAsciiLetterUpper(c), 1, 1);
        else if (c is 'n' or 'r' or 't') item = new(sets, c switch { 'n' => "\n", 'r' => "\r", _ => "\t" }, false, 1, 1);
        else if (char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c)) item = new(sets, c.ToString(), false, 1, 1);
        return item is not null;
    }

    private PatternSets Property()
    {
        int end = _text.IndexOf('}', Math.Min(_at, _text.Length));
        if (!Take('{') || end < 0) return PatternSets.None;
        string name = _text[_at..end];
        _at = end + 1;
        return name switch
        {
            "L" => PatternSets.Letter,
            "N" => PatternSets.Number,
            "M" => PatternSets.Mark,
            "P" => PatternSets.PatternPunctuation,
            "S" => PatternSets.Symbol,
            _ => PatternSets.None,
        };
    }
}
