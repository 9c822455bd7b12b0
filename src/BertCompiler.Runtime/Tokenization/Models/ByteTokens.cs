using System.Globalization;

namespace BertCompiler.Tokenization;

/// <summary>The tokens of bytes, &lt;0x00&gt; … &lt;0xFF&gt;, with which what the vocabulary lacks is spelt.</summary>
internal sealed class ByteTokens
{
    private const int ByteCount = 256;

    private readonly int[] _ids = new int[ByteCount];

    public ByteTokens(VocabularyTable table)
    {
        for (int b = 0; b < ByteCount; b++) _ids[b] = table.IdOf(TextOf((byte)b));
    }

    /// <summary>The token of a byte.</summary>
    public static string TextOf(byte value) => string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>");

    /// <summary>Ids of the bytes of a text in UTF-8; false where one of them has none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ids">Room for 3 times its units.</param>
    /// <param name="count">How many.</param>
    public bool TryGet(ReadOnlySpan<char> text, Span<int> ids, out int count)
    {
        count = 0;
        Span<byte> bytes = stackalloc byte[Utf8Bytes.Most];
        for (int i = 0; i < text.Length;)
        {
            int codePoint = UnicodeTables.CodePointAt(text, i);
            int length = Utf8Bytes.Write(codePoint, bytes);
            foreach (byte b in bytes[..length])
            {
                if (_ids[b] < 0) return false;
                ids[count++] = _ids[b];
            }

            i += UnicodeTables.UnitsOf(codePoint);
        }

        return true;
    }
}
