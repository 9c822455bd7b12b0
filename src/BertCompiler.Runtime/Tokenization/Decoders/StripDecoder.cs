namespace BertCompiler.Tokenization;

/// <summary>Takes a character away at the ends of each token, up to so many (Hugging Face tokenizers, decoders/strip.rs).</summary>
internal sealed class StripDecoder(char character, int atStart, int atEnd) : IDecoder
{
    /// <inheritdoc/>
    public List<string> Decode(List<string> tokens) => tokens.ConvertAll(Strip);

    private string Strip(string token)
    {
        int start = 0;
        while (start < atStart && start < token.Length && token[start] == character) start++;
        int end = token.Length;
        while (token.Length - end < atEnd && end > start && token[end - 1] == character) end--;
        return token[start..end];
    }
}
