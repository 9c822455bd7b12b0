namespace BertCompiler.Tokenization;

/// <summary>Lower case, each code point for itself (Hugging Face tokenizers, normalizers/utils.rs).</summary>
internal sealed class LowercaseNormalizer : INormalizer
{
    private const int CombiningDotAbove = 0x0307;

    /// <inheritdoc/>
    public void Normalize(NormalizedText input, NormalizedText output, TokenizerScratch scratch)
    {
        ReadOnlySpan<char> text = input.Characters;
        for (int i = 0; i < text.Length;)
        {
            int codePoint = UnicodeTables.CodePointAt(text, i);
            int @class = UnicodeTables.ClassOf(codePoint);
            (int start, int end) = (input.StartOf(i), input.EndOf(i));
            if ((UnicodeTables.FlagsOfClass(@class) & CodePointFlags.LowerIsPair) != 0)
            {
                output.Append('i', start, end);
                output.Append((char)CombiningDotAbove, start, end);
            }
            else
            {
                output.AppendCodePoint(UnicodeTables.Lower(codePoint, @class), start, end);
            }

            i += UnicodeTables.UnitsOf(codePoint);
        }
    }
}
