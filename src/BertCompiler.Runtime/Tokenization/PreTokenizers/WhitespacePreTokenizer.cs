namespace BertCompiler.Tokenization;

/// <summary>Runs of word characters and runs of what is neither those nor white space (Hugging Face tokenizers, pre_tokenizers/whitespace.rs).</summary>
internal sealed class WhitespacePreTokenizer : IPreTokenizer
{
    private const CodePointSets Kinds = CodePointSets.Word | CodePointSets.WhiteSpace;

    /// <inheritdoc/>
    public void Split(SplitText text)
    {
        SplitList output = text.NextPieces();
        ReadOnlySpan<char> characters = text.Text.Characters;
        for (int p = 0; p < text.Pieces.Count; p++)
        {
            int start = text.Pieces.StartOf(p);
            int end = text.Pieces.EndOf(p);
            CodePointSets kind = CodePointSets.WhiteSpace;
            for (int i = start; i < end;)
            {
                int codePoint = UnicodeTables.CodePointAt(characters, i);
                CodePointSets now = UnicodeTables.SetsOf(codePoint) & Kinds;
                if (now != kind)
                {
                    if (kind != CodePointSets.WhiteSpace) output.Add(start, i);
                    (start, kind) = (i, now);
                }

                i += UnicodeTables.UnitsOf(codePoint);
            }

            if (kind != CodePointSets.WhiteSpace) output.Add(start, end);
        }

        text.TakePieces();
    }
}
