using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
        Span<byte> room = target.Room(checked(bytes.Length * MostBytes + Vector128<byte>.Count));
        ReadOnlySpan<int> starts = text.Pieces.Starts;
        ReadOnlySpan<int> ends = text.Pieces.Ends;
        int count = 0;
        for (int p = 0; p < starts.Length; p++)
        {
            int piece = count;
            for (int i = starts[p]; i < ends[p];)
            {
                if (bytes[i] is >= ByteLetters.FirstVisible and <= ByteLetters.LastVisible)
                {
                    int same = CopyVisible(bytes, i, ends[p], room[count..]);
                    if (source.Tracks) target.PutSpansFrom(source, i, same, count);
                    i += same;
                    count += same;
                    continue;
                }

                int letter = bytes[i] * MostBytes;
                room[count] = ByteLetters.Utf8[letter];
                room[count + 1] = ByteLetters.Utf8[letter + 1];
                if (source.Tracks) target.PutSpanOf(source, i, MostBytes, count);
                i++;
                count += MostBytes;
            }

            output.Add(piece, count);
        }

        target.Advance(count);
        text.TakeText();
    }

    /// <summary>Copies bytes from … up to the first one that does not stand for itself, at most as many as a register holds; says how many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CopyVisible(ReadOnlySpan<byte> bytes, int from, int to, Span<byte> target)
    {
        int most = Math.Min(to - from, Vector128<byte>.Count);
        if (from + Vector128<byte>.Count > bytes.Length)
        {
            int same = 0;
            for (; same < most && bytes[from + same] is >= ByteLetters.FirstVisible and <= ByteLetters.LastVisible; same++) target[same] = bytes[from + same];
            return same;
        }

        Vector128<byte> part = Vector128.Create(bytes.Slice(from, Vector128<byte>.Count));
        part.CopyTo(target);
        Vector128<byte> other = Vector128.GreaterThan(part - Vector128.Create(ByteLetters.FirstVisible), Vector128.Create((byte)(ByteLetters.LastVisible - ByteLetters.FirstVisible)));
        return Math.Min(BitOperations.TrailingZeroCount(other.ExtractMostSignificantBits()), most);
    }
}
