namespace BertCompiler.Tokenization;

/// <summary>Replaces a text in every token (Hugging Face tokenizers, normalizers/replace.rs).</summary>
internal sealed class ReplaceDecoder(string text, string content) : IDecoder
{
    /// <inheritdoc/>
    public List<string> Decode(List<string> tokens) => tokens.ConvertAll(t => t.Replace(text, content, StringComparison.Ordinal));
}
