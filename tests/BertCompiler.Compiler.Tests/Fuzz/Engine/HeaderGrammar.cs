using System.Buffers.Binary;

namespace BertCompiler.Compiler.Tests.Fuzz.Engine;

/// <summary>The JSON behind an 8-byte length, as safetensors files begin: edited by <see cref="JsonGrammar"/>, its length put right.</summary>
internal sealed class HeaderGrammar : IFuzzGrammar
{
    private const int LengthBytes = 8;

    /// <summary>It has no state.</summary>
    public static HeaderGrammar Instance { get; } = new();

    /// <inheritdoc/>
    public byte[]? Mutate(byte[] input, byte[] other, Random random)
    {
        if (HeaderOf(input) is not { } end) return null;
        byte[] theirs = HeaderOf(other) is { } otherEnd ? other[LengthBytes..otherEnd] : [];
        if (JsonGrammar.Instance.Mutate(input[LengthBytes..end], theirs, random) is not { } header) return null;
        byte[] length = new byte[LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. input[end..]];
    }

    /// <summary>Where the header ends; null where its length is none.</summary>
    private static int? HeaderOf(byte[] file)
    {
        if (file.Length < LengthBytes) return null;
        ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(file);
        return bytes <= (ulong)(file.Length - LengthBytes) ? LengthBytes + (int)bytes : null;
    }
}
