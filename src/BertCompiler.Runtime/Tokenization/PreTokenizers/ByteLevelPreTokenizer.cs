namespace BertCompiler.Tokenization;

/// <summary>
/// GPT-2's splitting, and every byte of UTF-8 written as one visible letter (openai/gpt-2, src/encoder.py; Hugging Face tokenizers,
/// pre_tokenizers/byte_level.rs). All letters of a code point have its place.
/// </summary>
internal sealed class ByteLevelPreTokenizer(ByteLevelPreTokenizer.Flags flags) : IPreTokenizer
{
    /// <summary>What it does besides writing bytes as letters.</summary>
    [Flags]
    internal enum Flags : uint
    {
        None = 0,

        /// <summary>Put a space before each piece that does not begin with one.</summary>
        AddPrefixSpace = 1,

        /// <summary>Split as GPT-2 does.</summary>
        Split = 2,
    }

    /// <inheritdoc/>
    public void Split(SplitText text)
    {
        if ((flags & Flags.AddPrefixSpace) != 0) AddSpaces(text);
        if ((flags & Flags.Split) != 0)
        {
            SplitList output = text.NextPieces();
            for (int p = 0; p < text.Pieces.Count; p++) Gpt2Pattern.Split(text.Text.Characters, text.Pieces.StartOf(p), text.Pieces.EndOf(p), output);
            text.TakePieces();
        }

        WriteLetters(text);
    }

    private static void AddSpaces(SplitText text)
    {
        SplitList output = text.NextPieces();
        NormalizedText target = text.NextText();
        for (int p = 0; p < text.Pieces.Count; p++)
        {
            int start = text.Pieces.StartOf(p);
            int piece = target.Length;
            if (text.Text.Characters[start] != ' ') target.Append(' ', text.Text.StartOf(start), text.Text.EndOf(start));
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
        ReadOnlySpan<char> characters = source.Characters;
        Span<byte> bytes = stackalloc byte[Utf8Bytes.Most];
        for (int p = 0; p < text.Pieces.Count; p++)
        {
            int piece = target.Length;
            for (int i = text.Pieces.StartOf(p); i < text.Pieces.EndOf(p);)
            {
                int codePoint = UnicodeTables.CodePointAt(characters, i);
                int count = Utf8Bytes.Write(codePoint, bytes);
                foreach (byte b in bytes[..count]) target.Append(ByteLetters.Of(b), source.StartOf(i), source.EndOf(i));
                i += UnicodeTables.UnitsOf(codePoint);
            }

            output.Add(piece, target.Length);
        }

        text.TakeText();
    }
}
