using System.Runtime.InteropServices;

namespace BertCompiler.Tokenization;

/// <summary>One piece of the template that is put round a text or a pair: a special token, or one of the two texts.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct TemplatePiece
{
    /// <summary><see cref="Id"/> that stands for the first text.</summary>
    public const int First = -1;

    /// <summary><see cref="Id"/> that stands for the second text.</summary>
    public const int Second = -2;

    /// <summary>Id of a special token, or <see cref="First"/> or <see cref="Second"/>.</summary>
    public int Id;
    public int TypeId;

    public readonly bool IsText => Id < 0;
}
