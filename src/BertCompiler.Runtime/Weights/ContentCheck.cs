using System.Security.Cryptography;

namespace BertCompiler.Weights;

/// <summary>The full check of a packed file: SHA-256 of all that follows its header page.</summary>
internal static class ContentCheck
{
    /// <summary>The whole content, in pieces: a span holds at most 2 GB.</summary>
    private const int PieceBytes = 1 << 26;

    /// <summary>Compares the content with the hash that its header names.</summary>
    /// <exception cref="InvalidDataException">They differ.</exception>
    public static unsafe void Verify(nint start, long bytes, string contentHash, string source)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long at = PackedHeader.Bytes; at < bytes; at += PieceBytes)
        {
            hash.AppendData(new ReadOnlySpan<byte>((byte*)start + at, (int)Math.Min(PieceBytes, bytes - at)));
        }

        string found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found != contentHash) throw new InvalidDataException($"{source}: the content is damaged (SHA-256 expected {contentHash}, found {found}): build the model again, or copy the file again");
    }
}
