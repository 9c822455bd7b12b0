using BertCompiler.Core.Spec;
using BertCompiler.Core.Spec.Steps;

namespace BertCompiler.Core.Emit.Tokenizers;

/// <summary>What a tokenizer does, in sentences for XML documentation.</summary>
internal static class TokenizerWords
{
    /// <summary>The whole way of a text, with its sources.</summary>
    public static string Summary(TokenizerSpec t)
    {
        string normal = t.Normalizers.Count == 0 ? "A text is taken as it is" : "A text is brought into a normal form";
        string words = t.PreTokenizers.Count == 0 ? "counts as one word" : "is split into words";
        return Escape($"From a text to token ids. {normal}, {words}, and {Model(t)}. {Unknown(t)}").TrimEnd();
    }

    /// <summary>What stands round texts, and where a long one may be cut.</summary>
    public static string Template(TokenizerSpec t) =>
        $"One text A becomes <c>{Literal.Documentation(t.Template)}</c>, a pair <c>{Literal.Documentation(t.PairTemplate)}</c>"
        + (t.PairTemplate.Contains(':') ? " (behind the colon: the token type)." : ".")
        + (t.TruncatesLeft ? " A text that is too long loses its beginning." : "");

    /// <summary>Where a long text may be cut, and why that is right; null: nowhere.</summary>
    public static string? Pause(TextPause pause) => pause switch
    {
        TextPause.BehindSpace => "No step reaches over a space: a long text is worked on in parts.",
        TextPause.BetweenWords => "No step reaches over a space between two letters: of a long text only as much is read as its ids need.",
        _ => null,
    };

    private static string Model(TokenizerSpec t) => t.Model switch
    {
        TokenizerModel.WordPiece =>
            "each word is cut from the left into the longest pieces that the vocabulary has (WordPiece: Wu et al. 2016, §4.1; Devlin et al. 2019, §3)"
            + (t.ContinuationPrefix.Length > 0 ? $": \"playing\" → \"play\", \"{Literal.Comment(t.ContinuationPrefix)}ing\"" : ""),
        TokenizerModel.Bpe when IsByteLevel(t) =>
            $"each word, at first the bytes of its UTF-8, grows together: of all neighbours the pair that was learnt first is joined, again and again{Merges(t)} (byte-level byte-pair encoding: Radford et al. 2019, §2.2; Sennrich et al. 2016)",
        TokenizerModel.Bpe =>
            $"each word, at first single characters, grows together: of all neighbours the pair that was learnt first is joined, again and again{Merges(t)} (byte-pair encoding: Sennrich et al. 2016)",
        TokenizerModel.Unigram =>
            "each word is cut where the product of its pieces' probabilities is greatest (unigram language model: Kudo 2018" + (IsSentencePiece(t) ? "; SentencePiece: Kudo and Richardson 2018)" : ")"),
        _ => "each word is one token",
    };

    private static string Unknown(TokenizerSpec t)
    {
        if (t.ByteFallback) return "What the vocabulary lacks is spelt in tokens of its bytes, <0x00> … <0xFF>.";
        string token = Literal.Comment(t.UnknownToken);
        if (token.Length == 0) return IsByteLevel(t) ? "Nothing is unknown: each byte is in the vocabulary." : "";
        return t.Model switch
        {
            TokenizerModel.WordPiece => FormattableString.Invariant($"A word that cannot be spelt so, or has more than {t.MaxWordLength} characters, becomes {token}."),
            TokenizerModel.WordLevel => $"A word that the vocabulary lacks becomes {token}.",
            _ => $"A character that the vocabulary lacks becomes {token}.",
        };
    }

    private static string Merges(TokenizerSpec t) => t.Merges > 0 ? $" ({Literal.Grouped(t.Merges)} pairs)" : "";

    private static bool IsByteLevel(TokenizerSpec t) => t.PreTokenizers.Any(s => s.Name == SplitterSteps.ByteLevelName);

    private static bool IsSentencePiece(TokenizerSpec t) => t.PreTokenizers.Any(s => s.Name == SplitterSteps.MetaspaceName);

    private static string Escape(string text) => Literal.DocumentationLine(text);
}
