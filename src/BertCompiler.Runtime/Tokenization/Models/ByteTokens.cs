using System.Globalization;
using System.Text;

namespace BertCompiler.Tokenization;

/// <summary>The tokens of bytes, &lt;0x00&gt; … &lt;0xFF&gt;, with which what the vocabulary lacks is spelt.</summary>
internal sealed class ByteTokens
{
    private const int ByteCount = 256;

    private readonly int[] _ids = new int[ByteCount];

    public ByteTokens(TokenizerTables tables)
    {
        for (int b = 0; b < ByteCount; b++) _ids[b] = tables.IdOf(Encoding.UTF8.GetBytes(TextOf((byte)b)));
    }

    /// <summary>The token of a byte.</summary>
    public static string TextOf(byte value) => string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>");

    /// <summary>Id of a byte's token, or −1.</summary>
    public int IdOf(byte value) => _ids[value];

    /// <summary>Whether all bytes of a text have a token.</summary>
    public bool Spells(ReadOnlySpan<byte> text)
    {
        foreach (byte b in text)
        {
            if (_ids[b] < 0) return false;
        }

        return true;
    }
}
