using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BertCompiler.Tokenization;

/// <summary>
/// Writes spaces as a visible character, puts one before each piece, and splits before each (Hugging Face tokenizers,
/// pre_tokenizers/metaspace.rs).
/// </summary>
internal static class MetaspacePreTokenizer
{
    public static void Apply(SplitText text, char replacement, PrependScheme prepend, bool split)
    {
        Span<byte> buffer = stackalloc byte[Utf8Bytes.Most];
        buffer.Clear();
        ReadOnlySpan<byte> mark = buffer[..Utf8Bytes.Write(replacement, buffer)];
        uint packed = BinaryPrimitives.ReadUInt32LittleEndian(buffer);
        SplitList output = text.NextPieces();
        NormalizedText source = text.Text;
        NormalizedText target = text.NextText();
        ReadOnlySpan<byte> bytes = source.Bytes;
        Span<byte> room = target.Room(checked((bytes.Length + text.Pieces.Count) * mark.Length + Vector128<byte>.Count));
        int count = 0;
        for (int p = 0; p < text.Pieces.Count; p++)
        {
            int i = text.Pieces.StartOf(p);
            ReadOnlySpan<byte> piece = bytes[..text.Pieces.EndOf(p)];
            int start = count;
            if (IsPut(source, i, prepend) && MarkLength(piece, i, mark) == 0) count += PutMark(mark.Length, packed, source, i, target, room, count);
            while (i < piece.Length)
            {
                int same = CopyOthers(bytes, i, piece.Length, mark[0], room[count..]);
                if (source.Tracks) target.PutSpansFrom(source, i, same, count);
                i += same;
                count += same;
                if (i == piece.Length) break;
                int length = MarkLength(piece, i, mark);
                if (length > 0)
                {
                    if (split)
                    {
                        output.Add(start, count);
                        start = count;
                    }

                    count += PutMark(mark.Length, packed, source, i, target, room, count);
                    i += length;
                }
                else if (piece[i] == mark[0])
                {
                    // Another character that begins with the same byte.
                    room[count] = piece[i];
                    if (source.Tracks) target.PutSpansFrom(source, i, 1, count);
                    i++;
                    count++;
                }
            }

            output.Add(start, count);
        }

        target.Advance(count);
        text.TakeText();
    }

    private static bool IsPut(NormalizedText source, int at, PrependScheme prepend)
        => prepend == PrependScheme.Always || (prepend == PrependScheme.First && source.StartOf(at) == 0);

    /// <summary>How many bytes the space or mark at a place takes; 0 where there is none.</summary>
    private static int MarkLength(ReadOnlySpan<byte> piece, int at, ReadOnlySpan<byte> mark)
    {
        if (piece[at] == ' ') return 1;
        return piece[at] == mark[0] && piece[at..].StartsWith(mark) ? mark.Length : 0;
    }

    /// <summary>Writes the mark in the place of byte <paramref name="index"/>; returns its length.</summary>
    private static int PutMark(int length, uint packed, NormalizedText source, int index, NormalizedText target, Span<byte> room, int at)
    {
        // All bytes that a mark can have: those behind it are written over.
        BinaryPrimitives.WriteUInt32LittleEndian(room[at..], packed);
        if (source.Tracks) target.PutSpanOf(source, index, length, at);
        return length;
    }

    /// <summary>Copies bytes from … up to the first space or first byte of the mark, at most as many as a register holds; says how many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CopyOthers(ReadOnlySpan<byte> bytes, int from, int to, byte first, Span<byte> target)
    {
        int most = Math.Min(to - from, Vector128<byte>.Count);
        if (from + Vector128<byte>.Count > bytes.Length)
        {
            int same = 0;
            for (; same < most && bytes[from + same] != ' ' && bytes[from + same] != first; same++) target[same] = bytes[from + same];
            return same;
        }

        Vector128<byte> part = Vector128.Create(bytes.Slice(from, Vector128<byte>.Count));
        part.CopyTo(target);
        Vector128<byte> stops = Vector128.Equals(part, Vector128.Create((byte)' ')) | Vector128.Equals(part, Vector128.Create(first));
        return Math.Min(BitOperations.TrailingZeroCount(stops.ExtractMostSignificantBits()), most);
    }
}
