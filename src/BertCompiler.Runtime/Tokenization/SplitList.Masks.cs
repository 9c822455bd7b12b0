using System.Numerics;

namespace BertCompiler.Tokenization;

/// <content>Adding the pieces of 64 bytes at once.</content>
internal sealed partial class SplitList
{
    /// <summary>How many bytes a mask stands for.</summary>
    public const int MaskBits = 64;

    /// <summary>Adds pieces of which the bits are the first bytes, and the bytes behind the last ones, in turn.</summary>
    /// <param name="starts">Bit i: a piece begins at byte <paramref name="at"/> + i.</param>
    /// <param name="ends">Bit i: a piece ends before byte <paramref name="at"/> + i.</param>
    /// <param name="at">Place of the first of the 64 bytes.</param>
    /// <param name="isOpen">Whether a piece began in masks before and has not ended yet.</param>
    public void AddMasks(ulong starts, ulong ends, int at, bool isOpen)
    {
        if (_starts.Length - Count <= MaskBits) Resize(checked(_starts.Length * 2 + MaskBits));
        Span<int> room = _starts.AsSpan(Count + (isOpen ? 1 : 0));
        Write(starts, at, room);
        Count += Write(ends, at, _ends.AsSpan(Count));
    }

    /// <summary>The piece that began last ends at <paramref name="end"/>.</summary>
    public void EndLast(int end) => _ends[Count++] = end;

    private static int Write(ulong mask, int at, Span<int> places)
    {
        int count = 0;
        for (; mask != 0; mask &= mask - 1) places[count++] = at + BitOperations.TrailingZeroCount(mask);
        return count;
    }
}
