namespace BertCompiler.Tool.Importers.TensorBundle;

/// <summary>Numbers of seven bits a byte, the lowest first (LevelDB, <c>util/coding.cc</c>).</summary>
internal static class Varint
{
    private const int MostBytes = 10;

    /// <summary>Takes a number off the front; false: it does not end, or is longer than 64 bits.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int i = 0; i < bytes.Length && i < MostBytes; i++)
        {
            byte b = bytes[i];
            if (i == MostBytes - 1 && b > 1) return false;
            value |= (ulong)(b & 0x7F) << (7 * i);
            if (b >= 0x80) continue;
            bytes = bytes[(i + 1)..];
            return true;
        }

        return false;
    }
}
