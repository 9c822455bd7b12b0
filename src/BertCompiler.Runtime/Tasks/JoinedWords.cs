using System.Text;
using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>Words that a caller split, as one text, and where each stands in it.</summary>
internal sealed class JoinedWords
{
    private readonly int[] _starts;
    private readonly int[] _codePoints;

    /// <exception cref="ArgumentException">A word is null.</exception>
    public JoinedWords(IReadOnlyList<string> words, string delimiter)
    {
        Words = words;
        _starts = new int[words.Count];
        _codePoints = new int[words.Count];
        var text = new StringBuilder();
        int codePoints = 0;
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i] ?? throw new ArgumentException($"word {i} is null", nameof(words));
            if (i > 0)
            {
                text.Append(delimiter);
                codePoints += CodePointsOf(delimiter);
            }

            _starts[i] = text.Length;
            _codePoints[i] = codePoints;
            text.Append(word);
            codePoints += CodePointsOf(word);
        }

        Text = text.ToString();
    }

    /// <summary>The words.</summary>
    public IReadOnlyList<string> Words { get; }

    public string Text { get; }

    /// <summary>Tokens whose places are those in their words, with places in the text.</summary>
    public Token[] Shift(IReadOnlyList<Token> tokens)
    {
        var shifted = new Token[tokens.Count];
        for (int i = 0; i < shifted.Length; i++)
        {
            Token token = tokens[i];
            shifted[i] = token.Kind != TokenKind.Text ? token
                : token with { Span = Shift(token.Span, _starts[token.Word]), CodePoints = Shift(token.CodePoints, _codePoints[token.Word]) };
        }

        return shifted;
    }

    private static TextSpan Shift(TextSpan span, int by) => new(span.Start + by, span.End + by);

    private static int CodePointsOf(string text) => new CodePointIndex(text).ToCodePoints(new(0, text.Length)).End;
}
