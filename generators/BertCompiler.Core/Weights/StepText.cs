using System.Globalization;
using BertCompiler.Core.Spec.Steps;

namespace BertCompiler.Core.Weights;

/// <summary>
/// A tokenizer's step on one line: its name and <c>parameter=value</c> for each argument, separated by single spaces. In a value whatever
/// has a meaning for the line is written <c>\uXXXX</c>.
/// </summary>
internal static class StepText
{
    private const string TextMark = "text:", SetsMark = "sets:";
    private const string Not = "not", Any = "any";

    public static string Write(TokenizerStep step) => string.Join(" ", step.Arguments.Select(a => a.Name + "=" + Write(a)).Prepend(step.Name));

    /// <summary>Reads a line.</summary>
    /// <param name="key">The line's key, for messages.</param>
    /// <param name="line">The line behind its key, as written.</param>
    /// <param name="samples">One step of each kind that may stand there: its arguments say which ones a line needs.</param>
    /// <exception cref="FormatException">Another step, other arguments, or values that no step has.</exception>
    public static TokenizerStep Read(string key, string line, IReadOnlyList<TokenizerStep> samples)
    {
        string[] words = line.Split(' ');
        TokenizerStep sample = samples.FirstOrDefault(s => string.Equals(s.Name, words[0], StringComparison.Ordinal))
            ?? throw Wrong(key, words[0], "the name of a step");
        if (words.Length - 1 != sample.Arguments.Count) throw Wrong(key, line, $"{sample.Arguments.Count} arguments of {sample.Name}");
        return new(sample.Name, new(sample.Arguments.Select((argument, i) => Read(key, words[i + 1], argument)).ToArray()));
    }

    private static string Write(StepArgument argument) => argument switch
    {
        FlagArgument a => a.Value ? "true" : "false",
        NumberArgument a => Number(a.Value),
        MapArgument a => Number(a.Index),
        CharacterArgument a => Escape(a.Value.ToString()),
        TextArgument a => Escape(a.Value),
        ChoiceArgument a => a.Value,
        PatternArgument { Alternatives.Count: 0 } a => TextMark + Escape(a.Literal),
        PatternArgument a => SetsMark + string.Join("|", a.Alternatives.Select(Write)),
        _ => throw new ArgumentException($"no text for {argument.GetType().Name}", nameof(argument)),
    };

    private static string Write(SetRun item) => string.Join(
        ";",
        item.Sets.ToString().Replace(", ", "+"),
        Escape(item.Characters),
        item.Negated ? Not : "",
        Number(item.Least),
        item.Most == int.MaxValue ? Any : Number(item.Most));

    private static StepArgument Read(string key, string word, StepArgument like)
    {
        string start = like.Name + "=";
        if (!word.StartsWith(start, StringComparison.Ordinal)) throw Wrong(key, word, start + "…");
        string value = word[start.Length..];
        return like switch
        {
            FlagArgument => new FlagArgument(like.Name, value is "true" or "false" ? value == "true" : throw Wrong(key, word, "'true' or 'false'")),
            NumberArgument => new NumberArgument(like.Name, ReadNumber(key, value, least: 0)),
            MapArgument => new MapArgument(like.Name, ReadNumber(key, value, least: 0)),
            CharacterArgument => new CharacterArgument(like.Name, ReadCharacter(key, value)),
            TextArgument t => value.Length > 0 || t.Value.Length == 0 ? new TextArgument(like.Name, ManifestFields.Unescape(value)) : throw Wrong(key, word, "a text"),
            ChoiceArgument c => ChoiceArgument.ValuesOf(c.Type).Contains(value) ? c with { Value = value } : throw Wrong(key, word, "one of " + string.Join(", ", ChoiceArgument.ValuesOf(c.Type))),
            PatternArgument => ReadPattern(key, like.Name, value),
            _ => throw new ArgumentException($"no text for {like.GetType().Name}", nameof(like)),
        };
    }

    private static char ReadCharacter(string key, string value)
    {
        string text = ManifestFields.Unescape(value);
        return text.Length == 1 && !char.IsSurrogate(text[0]) ? text[0] : throw Wrong(key, value, "one character");
    }

    private static PatternArgument ReadPattern(string key, string name, string value)
    {
        if (value.StartsWith(SetsMark, StringComparison.Ordinal))
        {
            return new(name, "", new(value[SetsMark.Length..].Split('|').Select(item => ReadItem(key, item)).ToArray()));
        }

        string text = value.StartsWith(TextMark, StringComparison.Ordinal) ? ManifestFields.Unescape(value[TextMark.Length..]) : "";
        return text.Length > 0 ? new(name, text, default) : throw Wrong(key, value, $"'{TextMark}' with a text, or '{SetsMark}'");
    }

    private static SetRun ReadItem(string key, string item)
    {
        string[] parts = item.Split(';');
        if (parts.Length != 5 || parts[2] is not ("" or Not)) throw Wrong(key, item, "SETS;CHARACTERS;not or nothing;LEAST;MOST");
        PatternSets sets = PatternSets.None;
        foreach (string name in parts[0].Split('+')) sets |= ManifestFields.ParseEnum<PatternSets>(key, name);
        string characters = ManifestFields.Unescape(parts[1]);
        int least = ReadNumber(key, parts[3], least: 1);
        int most = parts[4] == Any ? int.MaxValue : ReadNumber(key, parts[4], least);
        bool sound = (sets != PatternSets.None || characters.Length > 0) && characters.Length <= SetRun.MostCharacters && !characters.Any(char.IsSurrogate);
        return sound && least <= SetRun.MostLeast ? new(sets, characters, parts[2] == Not, least, most) : throw Wrong(key, item, "a set and how often");
    }

    private static int ReadNumber(string key, string value, int least) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least ? number : throw Wrong(key, value, $"a number of at least {least}");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string value) =>
        ManifestFields.Escape(value).Replace(" ", @"\u0020").Replace("|", @"\u007c").Replace(";", @"\u003b");

    private static FormatException Wrong(string key, string found, string expected) => new($"'{key}': expected {expected}, found '{ManifestFields.Shorten(found)}'");
}
