namespace BertCompiler.Tokenization;

/// <summary>Drops control characters and makes other blanks spaces (Hugging Face tokenizers, normalizers/unicode.rs, Nmt).</summary>
internal sealed class NmtNormalizer : INormalizer
{
    /// <inheritdoc/>
    public void Normalize(NormalizedText input, NormalizedText output, TokenizerScratch scratch)
    {
        ReadOnlySpan<char> text = input.Characters;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is (>= '\u0001' and <= '\u0008') or '\u000B' or (>= '\u000E' and <= '\u001F') or '\u007F' or '\u008F' or '\u009F') continue;
            output.Append(IsBlank(c) ? ' ' : c, input.StartOf(i), input.EndOf(i));
        }
    }

    private static bool IsBlank(char c) => c is '\t' or '\n' or '\f' or '\r' or '\u1680' or (>= '\u200B' and <= '\u200F') or '\u2028' or '\u2029'
        or '\u2581' or '\uFEFF' or '\uFFFD';
}
