namespace BertCompiler.Tokenization;

/// <summary>Runs of word characters and runs of what is neither those nor white space (Hugging Face tokenizers, pre_tokenizers/whitespace.rs).</summary>
internal static class WhitespacePreTokenizer
{
    private const CodePointSets Kinds = CodePointSets.Word | CodePointSets.WhiteSpace;

    public static void Apply(SplitText text)
    {
        SplitList output = text.NextPieces();
        ReadOnlySpan<byte> bytes = text.Text.Bytes;
        for (int p = 0; p < text.Pieces.Count; p++)
        {
            int start = text.Pieces.StartOf(p);
            int end = text.Pieces.EndOf(p);
            CodePointSets kind = CodePointSets.WhiteSpace;
            for (int i = start; i < end;)
            {
                int codePoint = Utf8Text.CodePointAt(bytes, i, out int length);
                CodePointSets now = UnicodeTables.SetsOf(codePoint) & Kinds;
                if (now != kind)
                {
                    if (kind != CodePointSets.WhiteSpace) output.Add(start, i);
                    (start, kind) = (i, now);
                }

                i += length;
            }

            if (kind != CodePointSets.WhiteSpace) output.Add(start, end);
        }

        text.TakePieces();
    }
}
