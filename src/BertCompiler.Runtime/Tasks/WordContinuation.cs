using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>
/// Which tokens continue a word, by the rules of Hugging Face's pipeline (<c>TokenClassificationPipeline.gather_pre_entities</c>). They are
/// odd: with WordPiece, a letter whose accent was stripped counts as a continuation, since its length changed; with any other model only
/// U+0020 ends a word.
/// </summary>
internal static class WordContinuation
{
    /// <summary>A flag for each token.</summary>
    /// <param name="tokens">Tokens with places in <paramref name="text"/>.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="tokenizer">Gives pieces as the vocabulary has them, and the unknown token.</param>
    public static bool[] Flags(IReadOnlyList<Token> tokens, string text, Tokenizer tokenizer)
    {
        var flags = new bool[tokens.Count];
        for (int i = 0; i < flags.Length; i++)
        {
            Token token = tokens[i];
            if (token.Kind != TokenKind.Text || token.Id == tokenizer.UnknownId) continue;
            flags[i] = tokenizer.Model == TokenizerModelKind.WordPiece
                ? LengthOf(tokenizer.TextOf(token.Id) ?? token.Text) != token.CodePoints.End - token.CodePoints.Start
                : token.Span.Start > 0 && !HasBlank(text, token.Span.Start);
        }

        return flags;
    }

    /// <summary>Whether one of the characters before and at a place is U+0020.</summary>
    private static bool HasBlank(string text, int place) => text[place - 1] == ' ' || (place < text.Length && text[place] == ' ');

    private static int LengthOf(string piece)
    {
        int count = piece.Length;
        for (int i = 1; i < piece.Length; i++)
        {
            if (char.IsSurrogatePair(piece[i - 1], piece[i])) count--;
        }

        return count;
    }
}
