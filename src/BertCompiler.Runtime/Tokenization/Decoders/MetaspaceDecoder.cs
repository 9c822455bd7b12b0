namespace BertCompiler.Tokenization;

/// <summary>
/// The visible character back to a space; where one was put before the first word, those of the first token go away (Hugging Face
/// tokenizers, pre_tokenizers/metaspace.rs).
/// </summary>
internal sealed class MetaspaceDecoder(char replacement, bool prepended) : IDecoder
{
    /// <inheritdoc/>
    public List<string> Decode(List<string> tokens)
    {
        string mark = replacement.ToString();
        for (int i = 0; i < tokens.Count; i++) tokens[i] = tokens[i].Replace(mark, i == 0 && prepended ? "" : " ", StringComparison.Ordinal);
        return tokens;
    }
}
