using System.Security.Cryptography;
using BertCompiler.Weights;
using Microsoft.Win32.SafeHandles;

namespace BertCompiler.Tool.Packing;

/// <summary>
/// Writes a packed file from front to back and hashes it on the way. The file has a temporary name until <see cref="Commit"/>; without a
/// commit nothing is left.
/// </summary>
internal sealed class PackedFileWriter : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly SafeFileHandle _handle;

    /// <summary>Begins a file that will be called <paramref name="path"/>.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public PackedFileWriter(string path)
    {
        _path = path;
        _temporary = TemporaryName.For(path);
        _handle = File.OpenHandle(_temporary, FileMode.CreateNew, FileAccess.Write);
    }

    /// <summary>Where the next byte goes, from the start of the file; the header's page is left out.</summary>
    public long Position { get; private set; } = PackedHeader.Bytes;

    /// <summary>Appends bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        RandomAccess.Write(_handle, bytes, Position);
        Position += bytes.Length;
    }

    /// <summary>Appends zeros up to byte <paramref name="offset"/>.</summary>
    public void PadTo(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(offset, Position);
        ReadOnlySpan<byte> zeros = stackalloc byte[PackedHeader.Bytes];
        while (Position < offset) Write(zeros[..(int)Math.Min(zeros.Length, offset - Position)]);
    }

    /// <summary>Writes the header and gives the file its name; a file of that name with the same bytes stays, and keeps its time.</summary>
    /// <returns>SHA-256 of everything behind the header page, lower-case hexadecimal.</returns>
    public string Commit(long tokenizerOffset)
    {
        string hash = Convert.ToHexStringLower(_hash.GetHashAndReset());
        Span<byte> page = stackalloc byte[PackedHeader.Bytes];
        new PackedHeader(Position, tokenizerOffset, Position - tokenizerOffset, hash).Write(page);
        RandomAccess.Write(_handle, page, 0);
        _handle.Dispose();
        if (!HaveSameBytes(_temporary, _path)) File.Move(_temporary, _path, overwrite: true);
        return hash;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hash.Dispose();
        _handle.Dispose();
        File.Delete(_temporary);
    }

    // All of them, although the header holds a hash: a file that was damaged since is to be replaced.
    private static bool HaveSameBytes(string path, string other)
    {
        if (!File.Exists(other)) return false;
        using SafeFileHandle a = File.OpenHandle(path), b = File.OpenHandle(other);
        if (RandomAccess.GetLength(a) != RandomAccess.GetLength(b)) return false;
        byte[] left = new byte[1 << 20], right = new byte[1 << 20];
        for (long at = 0; ;)
        {
            int count = RandomAccess.Read(a, left, at);
            if (count == 0) return true;
            if (RandomAccess.Read(b, right.AsSpan(0, count), at) != count || !left.AsSpan(0, count).SequenceEqual(right.AsSpan(0, count))) return false;
            at += count;
        }
    }
}
