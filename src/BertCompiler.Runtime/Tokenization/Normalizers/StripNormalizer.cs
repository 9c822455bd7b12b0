namespace BertCompiler.Tokenization;

/// <summary>Takes white space away at the ends (Hugging Face tokenizers, normalizers/strip.rs).</summary>
internal sealed class StripNormalizer(StripNormalizer.Flags flags) : INormalizer
{
    /// <summary>At which ends.</summary>
    [Flags]
    internal enum Flags : uint
    {
        None = 0,
        Left = 1,
        Right = 2,
    }

    /// <inheritdoc/>
    public void Normalize(NormalizedText input, NormalizedText output, TokenizerScratch scratch)
    {
        ReadOnlySpan<char> text = input.Characters;
        int start = 0;
        int end = text.Length;
        if ((flags & Flags.Left) != 0)
        {
            while (start < end && UnicodeTables.IsWhiteSpace(text[start])) start++;
        }

        if ((flags & Flags.Right) != 0)
        {
            while (end > start && UnicodeTables.IsWhiteSpace(text[end - 1])) end--;
        }

        output.AppendFrom(input, start, end);
    }
}
