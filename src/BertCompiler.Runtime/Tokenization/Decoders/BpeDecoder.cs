namespace BertCompiler.Tokenization;

/// <summary>The mark of a word's end becomes a space, and at the end of the text nothing (Hugging Face tokenizers, decoders/bpe.rs).</summary>
internal sealed class BpeDecoder(string suffix) : IDecoder
{
    /// <inheritdoc/>
    public List<string> Decode(List<string> tokens)
    {
        for (int i = 0; i < tokens.Count; i++) tokens[i] = tokens[i].Replace(suffix, i == tokens.Count - 1 ? "" : " ", StringComparison.Ordinal);
        return tokens;
    }
}
