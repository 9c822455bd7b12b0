using System.Buffers.Binary;
using BertCompiler.Compiler.Tests.Fuzz.Engine;
using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>A safetensors file.</summary>
internal sealed class SafeTensorsTarget() : CheckpointTarget("safetensors", new SafeTensorsFormat(), "model.safetensors", MakeSeeds())
{
    public override IReadOnlyList<byte[]> Words { get; } =
    [
        "\"__metadata__\":{"u8.ToArray(), "\"dtype\":\"F32\""u8.ToArray(), "\"BF16\""u8.ToArray(), "\"F4\""u8.ToArray(), "\"F6_E2M3\""u8.ToArray(), "\"F8_E8M0\""u8.ToArray(), "\"U64\""u8.ToArray(),
        "\"shape\":[0]"u8.ToArray(), "\"shape\":[]"u8.ToArray(), "\"data_offsets\":[0,0]"u8.ToArray(), "\"x\":{\"dtype\":\"I64\",\"shape\":[0,9223372036854775807],\"data_offsets\":[0,0]},"u8.ToArray(),
        "\\ud800"u8.ToArray(), "[[[[[[[[[[[[[[[["u8.ToArray(), "},"u8.ToArray(),
    ];

    public override IFuzzGrammar Grammar => HeaderGrammar.Instance;

    public override int BoundedRuns => 20_000;

    /// <summary>The header's length: up to the last brace, where something like one is found.</summary>
    public override byte[] Repair(byte[] input)
    {
        if (input.Length < 8) return input;
        int first = input.AsSpan(8).IndexOf((byte)'{');
        int end = input.AsSpan().LastIndexOf("}}"u8);
        if (first < 0 || end < 8) return input;
        byte[] repaired = [.. input];
        BinaryPrimitives.WriteInt64LittleEndian(repaired, end + 2 - 8);
        return repaired;
    }

    private static IEnumerable<byte[]> MakeSeeds()
    {
        using var folder = new TemporaryFolder();
        string path = folder["model.safetensors"];
        var seeds = new List<byte[]>();
        foreach (TensorDtype dtype in new[] { TensorDtype.F32, TensorDtype.F16, TensorDtype.BF16 })
        {
            new TinyModel(4, 2, 1, 4).Save(folder.Path, dtype);
            seeds.Add(File.ReadAllBytes(path));
        }

        // Every element type there is, two tensors of each, one of them empty.
        SafeTensorsWriter.Write(path, [.. Enum.GetValues<TensorDtype>().SelectMany(d => new[] { Of(d, 8), Of(d, 0) })]);
        seeds.Add(File.ReadAllBytes(path));
        return [.. seeds, .. GoldenSeeds.Find("models", "fmt_pt_safetensors", "model.safetensors"), .. GoldenSeeds.Find("hostile", "safetensors_", "model.safetensors")];
    }

    private static TensorData Of(TensorDtype dtype, long elements) => new($"{dtype}.{elements}", dtype, [elements, 1], new byte[elements * TensorDtypes.BitsOf(dtype) / 8]);
}
