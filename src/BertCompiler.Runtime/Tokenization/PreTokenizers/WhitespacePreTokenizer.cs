namespace BertCompiler.Tokenization;

/// <summary>Runs of word characters and runs of what is neither those nor white space (Hugging Face tokenizers, pre_tokenizers/whitespace.rs).</summary>
internal static class WhitespacePreTokenizer
{
    private const CodePointSets Kinds = CodePointSets.Word | CodePointSets.WhiteSpace;
    private const byte White = (byte)CodePointSets.WhiteSpace;

    /// <summary>What of <see cref="Kinds"/> each ASCII character is; 0: a sign.</summary>
    private static ReadOnlySpan<byte> AsciiKinds =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 4, 4, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 0, 0, 0, 0, 0, 0,
        0, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 0, 0, 0, 0, 8,
        0, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 0, 0, 0, 0, 0,
    ];

    public static void Apply(SplitText text)
    {
        SplitList output = text.NextPieces();
        for (int p = 0; p < text.Pieces.Count; p++) Split(text.Text.Bytes[..text.Pieces.EndOf(p)], text.Pieces.StartOf(p), output);
        text.TakePieces();
    }

    private static void Split(ReadOnlySpan<byte> bytes, int start, SplitList output)
    {
        byte kind = White;
        for (int i = start; i < bytes.Length;)
        {
            int length = 1;
            byte first = bytes[i];
            byte now = first < Utf8Text.FirstNonAscii ? AsciiKinds[first] : (byte)(UnicodeTables.SetsOf(Utf8Text.CodePointAt(bytes, i, out length)) & Kinds);
            if (now != kind)
            {
                if (kind != White) output.Add(start, i);
                (start, kind) = (i, now);
            }

            i += length;
        }

        if (kind != White) output.Add(start, bytes.Length);
    }
}
