using System.Text;

namespace BertCompiler.Differential.Texts;

/// <summary>Texts by chance that favour what tokenizers stumble over. The same seed makes the same texts.</summary>
/// <param name="seed">Begins the chance with.</param>
/// <param name="vocabulary">Tokens of the tokenizer.</param>
/// <param name="addedTokens">Its added tokens.</param>
internal sealed class RandomTexts(int seed, IReadOnlyList<string> vocabulary, IReadOnlyList<string> addedTokens)
{
    private static readonly CodePointRanges[] _classes =
    [
        CodePointRanges.Marks, CodePointRanges.Invisible, CodePointRanges.Ideographs, CodePointRanges.Hangul, CodePointRanges.Emoji, CodePointRanges.Space,
        CodePointRanges.Odd, CodePointRanges.Cases, CodePointRanges.Numbers, CodePointRanges.Signs, CodePointRanges.Letters, CodePointRanges.Any,
    ];

    private static readonly string[] _fragments =
    [
        "[MASK", "[MASK]", "[mask]", "MASK]", "[[MASK]]", "[CLS]", "[SEP]", "[PAD]", "[UNK]", "[E", "[E1]", "<mask>", " <mask>", "<mask", "<MASK>", "</s>", "<s>",
        "</s", "<pad>", "<unk>", "<s>NOTUSED", "##", "##a", "##ing", "▁", "▁▁", "▁a", "Ġ", "Ġthe", "Ċ", "</w>", "@@", "<0x41>", "<0xE4>", "<0x0A>", "ab", "abc", "@user",
        "SOLO", "<|left|>", "<|right|>", "<|both|>", "new york", "''", "``", "'s", "'S", "'t", "'re", "'ve", "'m", "'ll", "'d", "\u2019s", "'LL", " 's", "' s",
        "\u0391\u03A3", "\u0391\u03A3 ", "\u03A3\u0391", "\u0391\u03A3'", "\u0391\u0301\u03A3\u0301", "\u0130", "\u0130\u0307", "I\u0307", "i\u0307", "\u0131", "\u01C5", "\u1E9E",
        "e\u0301", "\u00E9", "e\u0323\u0301", "e\u0301\u0323", "\u1100\u1161\u11A8", "\uAC00\u11A8", "\uAC01", "\u0E33", "\uFDFA", "\uFB01", "\u2460", "\u33CF", "\u00BD", "\u212B",
        "\U0001F468\u200D\U0001F469\u200D\U0001F467", "\U0001F1EB\U0001F1F7", "\U0001F44D\U0001F3FD", "1\uFE0F\u20E3", "\u2764\uFE0F", "\u0915\u094D\u0937", "\r\n", "\n\n", " \n ", "\t\t", "  ", "   ",
        "...", "\u2026", "--", "!?", "U.S.A.", "3.14", "1,000,000", "1e-5", "$5", "50%", "C++", "a_b", "x=y", "http://a.b/c?d=e#f", "me@x.org", "COVID-19", "don't", "O'Neill",
    ];

    private static readonly string[] _words =
    [
        "the", "The", "THE", "cat", "unbelievably", "tokenization", "Internationalization", "na\u00EFve", "Caf\u00E9", "M\u00FCnchen", "\u0141\u00F3d\u017A", "\u010Ce\u0161tina", "ma\u00F1ana",
        "\u041C\u043E\u0441\u043A\u0432\u0430", "\u0395\u03BB\u03BB\u03AC\u03C2", "\u05E9\u05DC\u05D5\u05DD", "\u0645\u0631\u062D\u0628\u0627", "\u0928\u092E\u0938\u094D\u0924\u0947", "\u0E2A\u0E27\u0E31\u0E2A\u0E14\u0E35",
        "\u4E2D\u6587", "\u65E5\u672C\u8A9E", "\u3072\u3089\u304C\u306A", "\uD55C\uAD6D\uC5B4", "a", "I", "of", "2024", "12345678901234567890", "supercalifragilisticexpialidocious",
    ];

    private readonly Random _chance = new(seed);

    /// <summary>Texts one after the other: most are short, a few are longer than what is read at once.</summary>
    public IEnumerable<string> Take(int count)
    {
        for (int i = 0; i < count; i++) yield return Next();
    }

    private string Next()
    {
        int parts = _chance.Next(100) switch
        {
            < 60 => _chance.Next(1, 8),
            < 90 => _chance.Next(8, 40),
            < 98 => _chance.Next(40, 200),
            _ => _chance.Next(200, 2000),
        };

        // Half of the texts keep to a few classes, so that long stretches of one kind come up.
        CodePointRanges[] classes = _chance.Next(2) == 0 ? _classes : [Class(), Class()];
        int spaces = _chance.Next(4) switch { 0 => 0, 1 => 5, 2 => 30, _ => 60 };
        var text = new StringBuilder();
        for (int i = 0; i < parts; i++)
        {
            text.Append(Part(classes));
            if (_chance.Next(100) < spaces) text.Append(' ');
        }

        return text.ToString();
    }

    private CodePointRanges Class() => _classes[_chance.Next(_classes.Length)];

    private string Part(CodePointRanges[] classes) => _chance.Next(100) switch
    {
        < 45 => classes[_chance.Next(classes.Length)].Pick(_chance),
        < 60 => _fragments[_chance.Next(_fragments.Length)],
        < 75 => _words[_chance.Next(_words.Length)],
        < 82 => vocabulary[_chance.Next(vocabulary.Count)],
        < 86 => addedTokens.Count > 0 ? AddedToken() : "",
        < 88 => Run(classes[_chance.Next(classes.Length)].Pick(_chance)),
        < 90 => Word(CodePointRanges.Letters),
        _ => Word(classes[_chance.Next(classes.Length)]),
    };

    /// <summary>An added token, whole, cut or in the other case.</summary>
    private string AddedToken()
    {
        string token = addedTokens[_chance.Next(addedTokens.Count)];
        return _chance.Next(5) switch
        {
            0 => token[..FullCharacters(token, _chance.Next(token.Length))],
            1 => token.ToUpperInvariant(),
            _ => token,
        };
    }

    private string Word(CodePointRanges letters) => string.Concat(Enumerable.Range(0, _chance.Next(1, 9)).Select(_ => letters.Pick(_chance)));

    private string Run(string part) => string.Concat(Enumerable.Repeat(part, _chance.Next(8) == 0 ? _chance.Next(40, 300) : _chance.Next(2, 20)));

    /// <summary>The same length, or one less where it would part a surrogate pair.</summary>
    private static int FullCharacters(string text, int length) => length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
}
