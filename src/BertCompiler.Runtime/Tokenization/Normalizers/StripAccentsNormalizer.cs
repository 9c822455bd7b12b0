namespace BertCompiler.Tokenization;

/// <summary>Drops combining marks; it decomposes nothing itself (Hugging Face tokenizers, normalizers/strip.rs).</summary>
internal sealed class StripAccentsNormalizer : INormalizer
{
    /// <inheritdoc/>
    public void Normalize(NormalizedText input, NormalizedText output, TokenizerScratch scratch)
    {
        ReadOnlySpan<char> text = input.Characters;
        for (int i = 0; i < text.Length;)
        {
            int codePoint = UnicodeTables.CodePointAt(text, i);
            if ((UnicodeTables.SetsOf(codePoint) & CodePointSets.AccentMark) == 0) output.AppendCodePoint(codePoint, input.StartOf(i), input.EndOf(i));
            i += UnicodeTables.UnitsOf(codePoint);
        }
    }
}
