using System.Runtime.CompilerServices;

namespace BertCompiler.Tokenization;

/// <summary>Walks the packed double array of pieces. Damaged units end a walk; an id that cannot be is refused by the caller.</summary>
internal readonly ref struct PieceTrie(TokenizerTables tables)
{
    private readonly ReadOnlySpan<PieceUnit> _units = tables.Pieces;

    /// <summary>The root of pieces that begin a word.</summary>
    public uint Begin { get; } = tables.Header.BeginRoot;

    /// <summary>The root of pieces that continue one.</summary>
    public uint Continuation { get; } = tables.Header.ContinuationRoot;

    /// <summary>Goes one byte on.</summary>
    /// <param name="node">The node, afterwards its child.</param>
    /// <param name="value">The byte.</param>
    /// <param name="piece">Id of the piece that ends there, or −1.</param>
    /// <returns>Whether there is such a child.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryStep(ref uint node, byte value, out int piece)
    {
        uint index = node ^ value;
        if (index < (uint)_units.Length)
        {
            PieceUnit unit = _units[(int)index];
            if ((unit.Label & PieceUnit.LabelMask) == (value | PieceUnit.Used))
            {
                node = unit.Base;
                piece = (int)(unit.Label >> PieceUnit.IdShift) - 1;
                return true;
            }
        }

        piece = -1;
        return false;
    }

    /// <summary>The longest piece that begins at <paramref name="at"/>: its id and one behind its last byte; −1 where none does.</summary>
    public int Longest(ReadOnlySpan<byte> text, int at, uint root, out int end)
    {
        int longest = -1;
        end = at;
        for (int i = at; i < text.Length && TryStep(ref root, text[i], out int piece); i++)
        {
            if (piece >= 0) (longest, end) = (piece, i + 1);
        }

        return longest;
    }
}
