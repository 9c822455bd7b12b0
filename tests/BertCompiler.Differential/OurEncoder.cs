using System.Text;
using BertCompiler.Testing.Oracle;
using BertCompiler.Tokenization;

namespace BertCompiler.Differential;

/// <summary>Encodes a text in each of BertCompiler's ways, and gives the answers in the library's terms: places in code points.</summary>
/// <param name="tokenizer">The tokenizer.</param>
internal sealed class OurEncoder(Tokenizer tokenizer)
{
    private readonly TokenList _tokens = new();
    private int[] _places = new int[256];

    /// <summary>The ways.</summary>
    public static readonly string[] Ways = ["objects", "UTF-16 spans", "UTF-8 spans"];

    /// <summary>The answer of each way, in the order of <see cref="Ways"/>.</summary>
    public OracleEncoding[] Encode(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        OracleEncoding[] answers = [Objects(text), Spans(text), Spans(utf8)];
        int count = answers[0].Ids.Length;
        if (tokenizer.Count(text) != count || tokenizer.Count(utf8) != count) throw new InvalidOperationException($"Count says {tokenizer.Count(text)} and {tokenizer.Count(utf8)} of {count} tokens: \"{EscapedText.Of(text)}\"");
        return answers;
    }

    private static OracleEncoding Empty(int count) => new(new int[count], new int[count], new int[count], new int[count]);

    private OracleEncoding Objects(string text)
    {
        IReadOnlyList<Token> tokens = tokenizer.Encode(text).Tokens;
        OracleEncoding encoding = Empty(tokens.Count);
        for (int i = 0; i < tokens.Count; i++)
        {
            Token token = tokens[i];
            (encoding.Ids[i], encoding.Words[i]) = (token.Id, token.Word);
            (encoding.Starts[i], encoding.Ends[i]) = (token.CodePoints.Start, token.CodePoints.End);
        }

        return encoding;
    }

    private OracleEncoding Spans(string text)
    {
        Room(text.Length + 1);
        int codePoints = 0;
        for (int i = 0; i < text.Length; i++) _places[i] = i > 0 && char.IsSurrogatePair(text[i - 1], text[i]) ? -1 : codePoints++;
        _places[text.Length] = codePoints;
        tokenizer.Encode(text, _tokens);
        return Listed();
    }

    private OracleEncoding Spans(byte[] utf8)
    {
        Room(utf8.Length + 1);
        int codePoints = 0;
        for (int i = 0; i < utf8.Length; i++) _places[i] = (utf8[i] & 0xC0) == 0x80 ? -1 : codePoints++;
        _places[utf8.Length] = codePoints;
        tokenizer.Encode(utf8, _tokens);
        return Listed();
    }

    /// <summary>The listed tokens; a place inside a code point becomes −1, which the library never gives.</summary>
    private OracleEncoding Listed()
    {
        OracleEncoding encoding = Empty(_tokens.Count);
        _tokens.Ids.CopyTo(encoding.Ids);
        _tokens.Words.CopyTo(encoding.Words);
        for (int i = 0; i < _tokens.Count; i++)
        {
            encoding.Starts[i] = _places[_tokens.Starts[i]];
            encoding.Ends[i] = _places[_tokens.Ends[i]];
        }

        return encoding;
    }

    private void Room(int count)
    {
        if (_places.Length < count) _places = new int[Math.Max(count, 2 * _places.Length)];
    }
}
