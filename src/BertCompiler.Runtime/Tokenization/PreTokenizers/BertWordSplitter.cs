namespace BertCompiler.Tokenization;

/// <summary>BERT's pre-tokenizer as the only step: words go to the model as they are found, with no list between.</summary>
internal sealed class BertWordSplitter(TokenModel model) : IWordSplitter
{
    private const int AsciiCount = 128;

    /// <inheritdoc/>
    public bool NeedsPlaces => false;

    /// <inheritdoc/>
    public void Encode(int from, int to, int limit, ref int word, TokenizerScratch scratch)
    {
        ReadOnlySpan<char> text = scratch.Normalized.Characters;
        int start = from;
        for (int i = from; i < to;)
        {
            int units = 1;
            CodePointFlags flags;
            if (text[i] < AsciiCount) flags = UnicodeTables.FlagsOf(text[i]);
            else
            {
                int codePoint = UnicodeTables.CodePointAt(text, i);
                units = UnicodeTables.UnitsOf(codePoint);
                flags = UnicodeTables.FlagsOf(codePoint);
            }

            if ((flags & (CodePointFlags.WhiteSpace | CodePointFlags.Punctuation)) == 0)
            {
                i += units;
                continue;
            }

            if (i > start) model.Encode(scratch, scratch.Normalized, start, i, word++);
            if ((flags & CodePointFlags.Punctuation) != 0) model.Encode(scratch, scratch.Normalized, i, i + units, word++);
            if (scratch.Pieces.Count > limit) return;
            i += units;
            start = i;
        }

        if (to > start) model.Encode(scratch, scratch.Normalized, start, to, word++);
    }
}
