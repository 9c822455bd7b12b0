namespace BertCompiler.Tokenization;

/// <summary>A space before each token but those that continue a word (Hugging Face tokenizers, decoders/wordpiece.rs).</summary>
internal static class WordPieceDecoder
{
    public static void Apply(List<string> tokens, string prefix, bool cleanUp)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            string token = tokens[i];
            if (i > 0) token = token.StartsWith(prefix, StringComparison.Ordinal) ? token[prefix.Length..] : " " + token;
            tokens[i] = cleanUp ? Clean(token) : token;
        }
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
}
