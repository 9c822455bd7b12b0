using System.Buffers.Binary;
using BertCompiler.Compiler.Tests.Importing.TensorBundle;
using BertCompiler.Tool.Importers.TensorBundle;

namespace BertCompiler.Compiler.Tests.Fuzz.Engine;

/// <summary>The index of a TensorFlow checkpoint: edits a message or a key in its blocks, or entries as a whole; checksums are right.</summary>
internal sealed class BundleGrammar : IFuzzGrammar
{
    private const int FooterBytes = 48;
    private const int TrailerBytes = 5;

    /// <summary>It has no state.</summary>
    public static BundleGrammar Instance { get; } = new();

    /// <summary>Puts the checksums of all blocks right that the footer and the block of places lead to.</summary>
    public static byte[] FixChecksums(byte[] input)
    {
        byte[] file = [.. input];
        if (IndexBlock(file) is not { } index) return file;
        Fix(file, index);
        foreach ((_, byte[] value) in Entries(file[index]))
        {
            if (Handle(value, 0, file.Length) is { } block) Fix(file, block);
        }

        return file;
    }

    /// <inheritdoc/>
    public byte[]? Mutate(byte[] input, byte[] other, Random random)
    {
        List<(byte[] Key, byte[] Value)> entries = All(input);
        if (entries.Count == 0) return null;
        int at = random.Next(entries.Count);
        (byte[] key, byte[] value) = entries[at];
        List<(byte[] Key, byte[] Value)> others = All(other);
        byte[] theirs = others.Count == 0 ? [] : others[random.Next(others.Count)].Value;
        switch (random.Next(8))
        {
            case 0:
                entries.RemoveAt(at);
                break;
            case 1:
                entries.Insert(random.Next(entries.Count), (key, value));
                break;
            case 2:
                entries[at] = ([.. key, (byte)random.Next(256)], value);
                break;
            case 3 when key.Length > 0:
                key = [.. key];
                key[random.Next(key.Length)] = (byte)random.Next(256);
                entries[at] = (key, value);
                break;
            default:
                entries[at] = (key, ProtobufGrammar.Instance.Mutate(value, theirs, random) ?? theirs);
                break;
        }

        return new BundleWriter { Compresses = random.Next(4) == 0 }.Index(BundleWriter.Block(entries));
    }

    private static List<(byte[] Key, byte[] Value)> All(byte[] file)
    {
        var all = new List<(byte[] Key, byte[] Value)>();
        if (IndexBlock(file) is not { } index) return all;
        foreach ((_, byte[] value) in Entries(file[index]))
        {
            if (Handle(value, 0, file.Length) is { } block && all.Count < 1000) all.AddRange(Entries(file[block]));
        }

        return all;
    }

    private static void Fix(byte[] file, Range block)
    {
        (int start, int length) = block.GetOffsetAndLength(file.Length);
        uint crc = Crc32C.Mask(Crc32C.Append(0, file.AsSpan(start, length + 1)));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(start + length + 1), crc);
    }

    private static Range? IndexBlock(byte[] file)
    {
        if (file.Length < FooterBytes) return null;
        int at = file.Length - FooterBytes;
        return TryVarint(file, ref at, out _) && TryVarint(file, ref at, out _) ? Handle(file, at, file.Length) : null;
    }

    private static Range? Handle(byte[] bytes, int at, int fileLength)
    {
        if (!TryVarint(bytes, ref at, out ulong offset) || !TryVarint(bytes, ref at, out ulong size)) return null;
        ulong end = (ulong)(fileLength - TrailerBytes);
        return fileLength > TrailerBytes && offset <= end && size <= end - offset ? (int)offset..(int)(offset + size) : null;
    }

    /// <summary>Entries of a block as far as they can be read.</summary>
    private static List<(byte[] Key, byte[] Value)> Entries(byte[] block)
    {
        var entries = new List<(byte[] Key, byte[] Value)>();
        byte[] last = [];
        int at = 0;
        while (at < block.Length - 8 && TryVarint(block, ref at, out ulong shared) && TryVarint(block, ref at, out ulong own) && TryVarint(block, ref at, out ulong valueBytes))
        {
            ulong left = (ulong)(block.Length - at);
            if (shared > (ulong)last.Length || own > left || valueBytes > left - own) break;
            last = [.. last[..(int)shared], .. block.AsSpan(at, (int)own)];
            at += (int)own;
            entries.Add((last, block[at..(at + (int)valueBytes)]));
            at += (int)valueBytes;
        }

        return entries;
    }

    private static bool TryVarint(byte[] bytes, ref int at, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            byte b = bytes[at++];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) return true;
        }

        return false;
    }
}
