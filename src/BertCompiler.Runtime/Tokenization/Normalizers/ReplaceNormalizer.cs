namespace BertCompiler.Tokenization;

/// <summary>
/// Replaces what a pattern finds; every character of the replacement has the place of the last one that was found (Hugging Face
/// tokenizers, tokenizer/normalizer.rs, replace).
/// </summary>
internal sealed class ReplaceNormalizer(TextPattern pattern, string content) : INormalizer
{
    /// <inheritdoc/>
    public void Normalize(NormalizedText input, NormalizedText output, TokenizerScratch scratch)
    {
        ReadOnlySpan<char> text = input.Characters;
        int done = 0;
        while (pattern.TryFind(text, done, text.Length, out TextSpan match))
        {
            output.AppendFrom(input, done, match.Start);
            foreach (char c in content) output.Append(c, input.StartOf(match.End - 1), input.EndOf(match.End - 1));
            done = match.End;
        }

        output.AppendFrom(input, done, text.Length);
    }
}
