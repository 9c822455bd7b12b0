using System.Runtime.InteropServices;

namespace BertCompiler.Tokenization;

/// <summary>
/// A unit of the double array of pieces (J.-I. Aoe, "An efficient digital search algorithm by using a double-array structure", 1989): the
/// child of a node for a byte is the unit <c>Base ^ byte</c>, if it has that byte as its label. No two nodes have one base.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct PieceUnit
{
    /// <summary>Set in <see cref="Label"/> of a unit that is in use.</summary>
    public const uint Used = 0x100;

    /// <summary>Bits of <see cref="Label"/> that must be the byte and <see cref="Used"/>.</summary>
    public const uint LabelMask = 0x1FF;

    /// <summary>Where the id begins in <see cref="Label"/>.</summary>
    public const int IdShift = 9;

    /// <summary>The most ids.</summary>
    public const int MostIds = (1 << (32 - IdShift)) - 1;

    /// <summary><see cref="Base"/> of a node without children: no unit lies there.</summary>
    public const uint NoBase = 0xFFFFFF00;

    public uint Base;

    /// <summary>The byte, <see cref="Used"/>, and from bit <see cref="IdShift"/> on the id of the piece that ends here + 1, or 0.</summary>
    public uint Label;
}
