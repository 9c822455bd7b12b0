using System.Buffers.Binary;
using System.Text;
using BertCompiler.Compiler.Tests.Fuzz.Engine;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Tokenizers;
using BertCompiler.Tool.Tokenizers.Json;
using BertCompiler.Weights;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>
/// A packed file as a compiled program opens it: header and tokenizer section, which tokenizes. The hash in the header is the expected one:
/// opening compares hashes, and reads nothing to check them.
/// </summary>
internal sealed class PackedFileTarget : IFuzzTarget
{
    private const int HashOffset = 40;

    private readonly TokenizerUse _use = new();

    public string Name => "packed";

    public IReadOnlyList<byte[]> Seeds { get; } = [.. SmallTokenizers.All.Concat(GoldenSeeds.Find("tokenizers", "odd", "tokenizer.json")).Select(Pack)];

    public int BoundedRuns => 5000;

    /// <summary>The lengths in both headers.</summary>
    public byte[] Repair(byte[] input)
    {
        if (input.Length < PackedHeader.Bytes + 64) return input;
        byte[] repaired = [.. input];
        "BERTPACK"u8.CopyTo(repaired);
        BinaryPrimitives.WriteInt64LittleEndian(repaired.AsSpan(16), input.Length);
        BinaryPrimitives.WriteInt64LittleEndian(repaired.AsSpan(24), PackedHeader.Bytes);
        BinaryPrimitives.WriteInt64LittleEndian(repaired.AsSpan(32), input.Length - PackedHeader.Bytes);
        BinaryPrimitives.WriteInt64LittleEndian(repaired.AsSpan(PackedHeader.Bytes + 16), input.Length - PackedHeader.Bytes);
        return repaired;
    }

    public void Run(byte[] input)
    {
        string hash = input.Length < HashOffset + 32 ? "" : Convert.ToHexStringLower(input, HashOffset, 32);
        try
        {
            using PackedWeights weights = PackedWeights.OpenLinked(_use.Place(input), input.Length, hash);
            if (weights.TokenizerBytes > 0) _use.Use(weights.Tokenizer, weights.TokenizerBytes, static tables => new AnyPipeline(tables));
        }
        catch (InvalidDataException)
        {
            // Damaged, and said so.
        }
    }

    public void Dispose() => _use.Dispose();

    private static byte[] Pack(byte[] tokenizerJson)
    {
        JsonItem root = JsonTree.Parse(tokenizerJson, "tokenizer.json", ProblemKinds.TokenizerMalformed).Root;
        byte[] section = TokenizerSection.ToArray(TokenizerJsonReader.Read(root, TokenizerFiles.None, tableRows: null, []));
        byte[] file = new byte[PackedHeader.Bytes + section.Length];
        new PackedHeader(file.Length, PackedHeader.Bytes, section.Length, Convert.ToHexStringLower(Encoding.UTF8.GetBytes(new string('h', 32)))).Write(file);
        section.CopyTo(file, PackedHeader.Bytes);
        return file;
    }
}
