namespace BertCompiler.Tokenization;

/// <summary>
/// GPT-2's splitting, and every byte of UTF-8 written as one visible letter (openai/gpt-2, src/encoder.py; Hugging Face tokenizers,
/// pre_tokenizers/byte_level.rs). All letters of a code point have its place.
/// </summary>
internal static class ByteLevelPreTokenizer
{
    /// <summary>The most bytes that one letter takes.</summary>
    private const int MostBytes = 2;

    public static void Apply(SplitText text, bool addPrefixSpace, bool split)
    {
        if (addPrefixSpace) AddSpaces(text);
        if (split)
        {
            SplitList output = text.NextPieces();
            for (int p = 0; p < text.Pieces.Count; p++) Gpt2Pattern.Split(text.Text.Bytes, text.Pieces.StartOf(p), text.Pieces.EndOf(p), output);
            text.TakePieces();
        }

        WriteLetters(text);
    }

    private static void AddSpaces(SplitText text)
    {
        ReadOnlySpan<byte> bytes = text.Text.Bytes;
        bool any = false;
        foreach (int start in text.Pieces.Starts) any |= bytes[start] != ' ';
        if (!any) return;
        SplitList output = text.NextPieces();
        NormalizedText target = text.NextText();
        for (int p = 0; p < text.Pieces.Count; p++)
        {
            int start = text.Pieces.StartOf(p);
            int piece = target.Length;
            if (bytes[start] != ' ') target.Append((byte)' ', text.Text.StartOf(start), text.Text.EndOf(start));
            target.AppendFrom(text.Text, start, text.Pieces.EndOf(p));
            output.Add(piece, target.Length);
        }

        text.TakeText();
    }

    private static void WriteLetters(SplitText text)
    {
        SplitList output = text.NextPieces();
        NormalizedText source = text.Text;
        NormalizedText target = text.NextText();
        ReadOnlySpan<byte> bytes = source.Bytes;
        for (int p = 0; p < text.Pieces.Count; p++)
        {
            (int start, int end) = (text.Pieces.StartOf(p), text.Pieces.EndOf(p));
            int piece = target.Length;
            int count = WriteLetters(bytes[start..end], target.Room(checked((end - start) * MostBytes)));
            target.Advance(count);
            if (source.Tracks) SetSpans(source, start, end, target, piece);
            output.Add(piece, target.Length);
        }

        text.TakeText();
    }

    /// <summary>Writes the letters of bytes in UTF-8; returns how many bytes.</summary>
    private static int WriteLetters(ReadOnlySpan<byte> bytes, Span<byte> letters)
    {
        int count = 0;
        foreach (byte value in bytes)
        {
            if (value is >= ByteLetters.FirstVisible and <= ByteLetters.LastVisible)
            {
                letters[count++] = value;
                continue;
            }

            int letter = ByteLetters.Of(value);
            letters[count + 1] = (byte)(0x80 | letter & 0x3F);
            letters[count] = (byte)(0xC0 | letter >> 6);
            count += MostBytes;
        }

        return count;
    }

    private static void SetSpans(NormalizedText source, int start, int end, NormalizedText target, int at)
    {
        ReadOnlySpan<byte> bytes = source.Bytes;
        for (; start < end; start++)
        {
            int length = bytes[start] is >= ByteLetters.FirstVisible and <= ByteLetters.LastVisible ? 1 : MostBytes;
            target.SetSpan(at, at + length, source.StartOf(start), source.EndOf(start));
            at += length;
        }
    }
}
