namespace BertCompiler.Tokenization;

/// <summary>White space ends a word and is dropped, each punctuation character is a word (Hugging Face tokenizers, pre_tokenizers/bert.rs).</summary>
internal static class BertPreTokenizer
{
    private const CodePointFlags Delimiters = CodePointFlags.WhiteSpace | CodePointFlags.Punctuation;

    public static void Apply(SplitText text)
    {
        SplitList output = text.NextPieces();
        ReadOnlySpan<byte> bytes = text.Text.Bytes;
        for (int p = 0; p < text.Pieces.Count; p++) Split(bytes[..text.Pieces.EndOf(p)], text.Pieces.StartOf(p), output);
        text.TakePieces();
    }

    private static void Split(ReadOnlySpan<byte> bytes, int start, SplitList output)
    {
        for (int i = start; i < bytes.Length;)
        {
            int codePoint = Utf8Text.CodePointAt(bytes, i, out int length);
            CodePointFlags flags = UnicodeTables.FlagsOf(codePoint) & Delimiters;
            if (flags != 0)
            {
                output.Add(start, i);
                start = i + length;
                if ((flags & CodePointFlags.Punctuation) != 0) output.Add(i, start);
            }

            i += length;
        }

        output.Add(start, bytes.Length);
    }
}
