using System.Runtime.InteropServices;

namespace BertCompiler.Tokenization;

/// <summary>An added token: what is looked for in the text before anything is split.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct AddedTokenRecord
{
    public int Id;
    public AddedTokenFlags Flags;

    /// <summary>What decoding writes, bytes of the texts of the section: the normal form of a token that is looked for in normalised text.</summary>
    public int DecodedStart;
    public int DecodedLength;
}
