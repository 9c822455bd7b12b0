using System.Buffers.Binary;
using BertCompiler.Tool.Importers.Pickle;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>A PyTorch file as an archive.</summary>
internal sealed class PyTorchArchiveTarget() : CheckpointTarget("zip", new PyTorchFormat(), "pytorch_model.bin", MakeSeeds())
{
    private const int EndBytes = 22;

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        "PK\u0001\u0002"u8.ToArray(), "PK\u0003\u0004"u8.ToArray(), "PK\u0005\u0006"u8.ToArray(), "PK\u0006\u0006"u8.ToArray(), "PK\u0006\u0007"u8.ToArray(), "archive/data/0"u8.ToArray(), "archive/data.pkl"u8.ToArray(),
        "../x"u8.ToArray(), "/byteorder"u8.ToArray(), [0xff, 0xff, 0xff, 0xff], [1, 0, 24, 0], .. PickleWords.All,
    ];

    public override int BoundedRuns => 6000;

    /// <summary>The directory's place and size, and the entries' places in the order in which they are listed.</summary>
    public override byte[] Repair(byte[] input)
    {
        int end = input.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        int directory = input.AsSpan().IndexOf("PK\u0001\u0002"u8);
        if (directory < 0 || end < directory || end > input.Length - EndBytes) return input;
        byte[] repaired = [.. input];
        BinaryPrimitives.WriteInt32LittleEndian(repaired.AsSpan(end + 12), end - directory);
        BinaryPrimitives.WriteInt32LittleEndian(repaired.AsSpan(end + 16), directory);
        BinaryPrimitives.WriteUInt16LittleEndian(repaired.AsSpan(end + 20), (ushort)(input.Length - end - EndBytes));
        int local = 0;
        for (int at = directory; at >= 0 && at <= end - 46; at = Next(repaired, at + 4, "PK\u0001\u0002"u8))
        {
            int found = Next(repaired, local, "PK\u0003\u0004"u8);
            if (found < 0 || found >= directory) break;
            if (BinaryPrimitives.ReadUInt32LittleEndian(repaired.AsSpan(at + 42)) != uint.MaxValue) BinaryPrimitives.WriteInt32LittleEndian(repaired.AsSpan(at + 42), found);
            local = found + 4;
        }

        return repaired;
    }

    private static int Next(byte[] bytes, int from, ReadOnlySpan<byte> mark)
    {
        int at = bytes.AsSpan(from).IndexOf(mark);
        return at < 0 ? -1 : from + at;
    }

    private static IEnumerable<byte[]> MakeSeeds() =>
    [
        .. SmallPyTorchFiles.Archives(), .. GoldenSeeds.Find("models", "fmt_pt_bin_zip", "pytorch_model.bin"), .. GoldenSeeds.Find("models", "fmt_roberta_fairseq", "model.pt"), .. GoldenSeeds.Find("hostile", "pickle_", "pytorch_model.bin"),
    ];
}
