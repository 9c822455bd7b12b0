using System.Text;

namespace BertCompiler.Tokenization;

/// <summary>From ids back to text (Hugging Face tokenizers, decoders/wordpiece.rs).</summary>
internal static class TokenDecoder
{
    public static string Decode(TokenizerSectionView section, ReadOnlySpan<int> ids, bool skipSpecialTokens)
    {
        TokenizerOptions options = section.Header.Options;
        bool wordPiece = (options & TokenizerOptions.WordPieceDecoder) != 0;
        bool cleanup = (options & TokenizerOptions.DecoderCleanup) != 0;
        var text = new StringBuilder();
        bool first = true;
        foreach (int id in ids)
        {
            if (!section.HasText(id) || (skipSpecialTokens && IsSpecial(section, id))) continue;
            ReadOnlySpan<char> token = section.TextOf(id);
            bool continues = wordPiece && !first && token.StartsWith(section.DecoderPrefix, StringComparison.Ordinal);
            string piece = first ? token.ToString()
                : continues ? token[section.DecoderPrefix.Length..].ToString()
                : $" {token}";
            text.Append(wordPiece && cleanup ? Clean(piece) : piece);
            first = false;
        }

        return text.ToString();
    }

    /// <summary>Each replacement stands for itself: they are applied to one token at a time, as the reference does.</summary>
    private static string Clean(string piece) => piece
        .Replace(" .", ".", StringComparison.Ordinal)
        .Replace(" ?", "?", StringComparison.Ordinal)
        .Replace(" !", "!", StringComparison.Ordinal)
        .Replace(" ,", ",", StringComparison.Ordinal)
        .Replace(" ' ", "'", StringComparison.Ordinal)
        .Replace(" n't", "n't", StringComparison.Ordinal)
        .Replace(" 'm", "'m", StringComparison.Ordinal)
        .Replace(" do not", " don't", StringComparison.Ordinal)
        .Replace(" 's", "'s", StringComparison.Ordinal)
        .Replace(" 've", "'ve", StringComparison.Ordinal)
        .Replace(" 're", "'re", StringComparison.Ordinal);

    private static bool IsSpecial(TokenizerSectionView section, int id)
    {
        foreach (AddedTokenRecord token in section.AddedTokens)
        {
            if (token.Id == id) return (token.Flags & AddedTokenFlags.Special) != 0;
        }

        return false;
    }
}
