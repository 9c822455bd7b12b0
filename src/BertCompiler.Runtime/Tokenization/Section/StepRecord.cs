using System.Runtime.InteropServices;

namespace BertCompiler.Tokenization;

/// <summary>
/// One step of normalising, splitting or decoding. What <see cref="Kind"/>, <see cref="Flags"/> and the texts mean stands with
/// <see cref="NormalizerKind"/>, <see cref="PreTokenizerKind"/> and <see cref="DecoderKind"/>.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct StepRecord
{
    public int Kind;
    public uint Flags;

    /// <summary>UTF-16 units among the texts of steps.</summary>
    public int TextStart;
    public int TextLength;

    /// <summary>A second text.</summary>
    public int OtherStart;
    public int OtherLength;

    /// <summary><see cref="PatternAlternative"/>s; none where the pattern is the text itself.</summary>
    public int PatternStart;
    public int PatternCount;

    /// <summary>Bytes among the data of steps.</summary>
    public int DataStart;
    public int DataLength;
}
