using System.Text;

namespace BertCompiler.Tokenization;

/// <summary>
/// From ids back to text (Hugging Face tokenizers, decoders/wordpiece.rs). An added token that is looked for in normalised text is written
/// in its normal form.
/// </summary>
internal sealed class TokenDecoder(TokenizerSectionView section)
{
    private Dictionary<int, int>? _addedTokens;

    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens)
    {
        TokenizerOptions options = section.Header.Options;
        bool wordPiece = (options & TokenizerOptions.WordPieceDecoder) != 0;
        bool cleanup = (options & TokenizerOptions.DecoderCleanup) != 0;
        Dictionary<int, int> addedTokens = _addedTokens ??= IndexAddedTokens();
        var text = new StringBuilder();
        bool first = true;
        foreach (int id in ids)
        {
            if (!section.HasText(id)) continue;
            ReadOnlySpan<char> token = section.TextOf(id);
            if (addedTokens.TryGetValue(id, out int index))
            {
                AddedTokenRecord added = section.AddedTokens[index];
                if (skipSpecialTokens && (added.Flags & AddedTokenFlags.Special) != 0) continue;
                token = section.DecodedTextOf(added);
            }

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

    private Dictionary<int, int> IndexAddedTokens()
    {
        var index = new Dictionary<int, int>();
        for (int i = 0; i < section.AddedTokens.Length; i++) index[section.AddedTokens[i].Id] = i;
        return index;
    }
}
