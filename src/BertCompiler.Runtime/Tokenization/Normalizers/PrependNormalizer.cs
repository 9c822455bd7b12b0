namespace BertCompiler.Tokenization;

/// <summary>Puts a text before one that is not empty, at the place of its first character (Hugging Face tokenizers, normalizers/prepend.rs).</summary>
internal sealed class PrependNormalizer(string prefix) : INormalizer
{
    /// <inheritdoc/>
    public void Normalize(NormalizedText input, NormalizedText output, TokenizerScratch scratch)
    {
        if (input.Length == 0) return;
        foreach (char c in prefix) output.Append(c, input.StartOf(0), input.EndOf(0));
        output.AppendFrom(input, 0, input.Length);
    }
}
