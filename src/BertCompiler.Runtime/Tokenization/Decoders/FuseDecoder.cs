namespace BertCompiler.Tokenization;

/// <summary>Makes one token of all (Hugging Face tokenizers, decoders/fuse.rs).</summary>
internal sealed class FuseDecoder : IDecoder
{
    /// <inheritdoc/>
    public List<string> Decode(List<string> tokens) => [string.Concat(tokens)];
}
