using System.Runtime.InteropServices;
using System.Security.Cryptography;
using BertCompiler.Core.Problems;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Tool.Tokenizers.Verification;

/// <summary>
/// Compares "a" + c + "b" for every code point c from U+0001 with stored hashes, one for each block of 256 code points: of the ids and of
/// the places.
/// </summary>
internal static class SweepComparison
{
    private const int BlockLength = 256;
    private const int HashLength = 32;
    private const int CodePoints = 0x110000;

    private static readonly EncodeOptions Bare = new() { AddSpecialTokens = false };

    /// <exception cref="ImportException">The file is not a sound safetensors file.</exception>
    public static TokenizerVerificationRow Compare(Tokenizer tokenizer, string path)
    {
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        byte[] ids = Hashes(file, "ids_sha256");
        byte[] offsets = Hashes(file, "offsets_sha256");
        int idsDifferent = 0;
        int offsetsDifferent = 0;
        string? first = null;
        for (int block = 0; block < CodePoints / BlockLength; block++)
        {
            (byte[] foundIds, byte[] foundOffsets) = HashBlock(tokenizer, block * BlockLength);
            bool sameIds = ids.AsSpan(block * HashLength, HashLength).SequenceEqual(foundIds);
            bool sameOffsets = offsets.AsSpan(block * HashLength, HashLength).SequenceEqual(foundOffsets);
            if (!sameIds) idsDifferent++;
            if (!sameOffsets) offsetsDifferent++;
            if (!sameIds || !sameOffsets) first ??= $"in the block of 256 code points from U+{block * BlockLength:X4}";
        }

        return new(Path.GetFileName(path), CodePoints / BlockLength) { IdsDifferent = idsDifferent, OffsetsDifferent = offsetsDifferent, FirstDifference = first };
    }

    private static byte[] Hashes(SafeTensorsFile file, string name)
    {
        byte[]? bytes = file.Find(name) is { } tensor ? file.ReadBytes(tensor) : null;
        return bytes?.Length == CodePoints / BlockLength * HashLength
            ? bytes
            : throw new ImportException(ProblemKinds.TokenizerMalformed, file.FilePath, $"{Path.GetFileName(file.FilePath)}: '{name}' must be uint8 [{CodePoints / BlockLength}, {HashLength}]");
    }

    private static (byte[] Ids, byte[] Offsets) HashBlock(Tokenizer tokenizer, int first)
    {
        var ids = new List<int>();
        var offsets = new List<int>();
        for (int c = Math.Max(first, 1); c < first + BlockLength; c++)
        {
            if (c is >= 0xD800 and <= 0xDFFF) continue;
            TokenEncoding encoding = tokenizer.Encode($"a{char.ConvertFromUtf32(c)}b", options: Bare);
            ids.Add(encoding.Count);
            offsets.Add(encoding.Count);
            foreach (Token token in encoding.Tokens)
            {
                ids.Add(token.Id);
                offsets.Add(token.CodePoints.Start);
                offsets.Add(token.CodePoints.End);
            }
        }

        return (Hash(ids), Hash(offsets));
    }

    private static byte[] Hash(List<int> numbers) => SHA256.HashData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(numbers)));
}
