namespace BertCompiler.Tool.Importers.TensorBundle;

/// <summary>Where a block of a table lies, without the five bytes behind it.</summary>
/// <param name="Offset">Its first byte in the file.</param>
/// <param name="Size">Number of bytes.</param>
internal readonly record struct BlockHandle(ulong Offset, ulong Size)
{
    /// <summary>Takes a handle off the front; false: there is none.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> bytes, out BlockHandle handle)
    {
        handle = default;
        if (!Varint.TryRead(ref bytes, out ulong offset) || !Varint.TryRead(ref bytes, out ulong size)) return false;
        handle = new BlockHandle(offset, size);
        return true;
    }

    /// <summary>Whether the block and <paramref name="behind"/> bytes more lie within the first <paramref name="end"/> bytes of a file.</summary>
    public bool Fits(long end, int behind) => end >= behind && Size <= (ulong)(end - behind) && Offset <= (ulong)(end - behind) - Size;
}
