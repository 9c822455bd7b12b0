namespace BertCompiler.Tokenization;

/// <summary>White space ends a word and is dropped, each punctuation character is a word (Hugging Face tokenizers, pre_tokenizers/bert.rs).</summary>
internal sealed class BertPreTokenizer : IPreTokenizer
{
    /// <inheritdoc/>
    public void Split(SplitText text)
    {
        SplitList output = text.NextPieces();
        ReadOnlySpan<char> characters = text.Text.Characters;
        for (int p = 0; p < text.Pieces.Count; p++)
        {
            int end = text.Pieces.EndOf(p);
            int start = text.Pieces.StartOf(p);
            for (int i = start; i < end;)
            {
                int codePoint = UnicodeTables.CodePointAt(characters, i);
                int next = i + UnicodeTables.UnitsOf(codePoint);
                CodePointFlags flags = UnicodeTables.FlagsOf(codePoint);
                if ((flags & (CodePointFlags.WhiteSpace | CodePointFlags.Punctuation)) != 0)
                {
                    output.Add(start, i);
                    if ((flags & CodePointFlags.Punctuation) != 0) output.Add(i, next);
                    start = next;
                }

                i = next;
            }

            output.Add(start, end);
        }

        text.TakePieces();
    }
}
