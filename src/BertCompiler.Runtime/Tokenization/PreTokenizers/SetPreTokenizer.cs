namespace BertCompiler.Tokenization;

/// <summary>
/// Splits at each code point of a set: WhitespaceSplit, Punctuation and Digits (Hugging Face tokenizers, pre_tokenizers/whitespace.rs,
/// punctuation.rs, digits.rs).
/// </summary>
internal sealed class SetPreTokenizer(CodePointSets set, SplitBehavior behavior) : IPreTokenizer
{
    /// <inheritdoc/>
    public void Split(SplitText text)
    {
        SplitList output = text.NextPieces();
        ReadOnlySpan<char> characters = text.Text.Characters;
        for (int p = 0; p < text.Pieces.Count; p++)
        {
            int end = text.Pieces.EndOf(p);
            var splitter = new DelimiterSplitter(output, behavior, text.Pieces.StartOf(p));
            for (int i = text.Pieces.StartOf(p); i < end;)
            {
                int codePoint = UnicodeTables.CodePointAt(characters, i);
                int next = i + UnicodeTables.UnitsOf(codePoint);
                if ((UnicodeTables.SetsOf(codePoint) & set) != 0) splitter.Delimiter(i, next);
                i = next;
            }

            splitter.End(end);
        }

        text.TakePieces();
    }
}
