using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace BertCompiler.Tool.Importers.Freshness;

/// <summary>
/// What tells one state of a file from another without reading all of it. A time alone does not: archives give every file the same one, and
/// <c>cp -p</c>, <c>rsync -a</c> and <c>unzip</c> put older files over newer ones.
/// </summary>
/// <param name="Bytes">Length.</param>
/// <param name="Ticks">When it was last written, in ticks of 100 ns, UTC; of a link, that of the file it leads to.</param>
/// <param name="Sample">Hash of the whole content, or of pieces spread over a large file.</param>
internal sealed record FileStamp(long Bytes, long Ticks, string Sample)
{
    private const int Pieces = 16;
    private const int PieceBytes = 16 << 10;
    private const int HashCharacters = 16;

    /// <summary>The state of a file; null where there is none that can be read.</summary>
    public static FileStamp? Of(string path)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(path);
            return Of(handle);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The state of an open file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static FileStamp Of(SafeFileHandle handle)
    {
        long length = RandomAccess.GetLength(handle);
        long last = Math.Max(0, length - PieceBytes);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[PieceBytes];
        for (int i = 0; i < Pieces; i++)
        {
            // Short files are read whole, long ones from their first byte to their last with gaps.
            long at = length <= Pieces * PieceBytes ? (long)i * PieceBytes : last / (Pieces - 1) * i;
            if (i == Pieces - 1 && length > Pieces * PieceBytes) at = last;
            if (at >= length) break;
            int count = RandomAccess.Read(handle, piece, at);
            hash.AppendData(piece, 0, count);
        }

        return new(length, File.GetLastWriteTimeUtc(handle).Ticks, Convert.ToHexStringLower(hash.GetHashAndReset())[..HashCharacters]);
    }
}
