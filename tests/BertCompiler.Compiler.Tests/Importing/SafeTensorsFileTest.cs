using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>What is written is read again, and 16-bit floats widen without a changed bit.</summary>
public sealed class SafeTensorsFileTest
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        using var folder = new TemporaryFolder();
        string path = folder["x.safetensors"];
        SafeTensorsWriter.Write(path,
        [
            new TensorData("bytes", TensorDtype.U8, [3], new byte[] { 1, 2, 3 }),
            TensorData.OfSingles("näme \"quoted\"\n", [1.5f, float.NaN], 2, 1),
            TensorData.OfInt64s("ids", [long.MinValue, 0, 7], 1, 3),
            TensorData.OfSingles("scalar", [4f]),
            TensorData.OfSingles("empty", [], 0, 5),
        ]);
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        Assert.Equal(5, file.Tensors.Count);
        Assert.Equal([1, 2, 3], file.ReadBytes(file.Find("bytes")!));
        Assert.Equal([1.5f, float.NaN], file.ReadSingles(file.Find("näme \"quoted\"\n")!));
        Assert.Equal([long.MinValue, 0, 7], file.ReadInt64s(file.Find("ids")!));
        Assert.Equal([1L, 3L], file.Find("ids")!.Shape);
        Assert.Equal([4f], file.ReadSingles(file.Find("scalar")!));
        Assert.Empty(file.ReadSingles(file.Find("empty")!));
        Assert.Null(file.Find("absent"));
        Assert.Equal(ProblemKinds.TensorDtype, Assert.Throws<ImportException>(() => file.ReadSingles(file.Find("ids")!)).Problem.Kind);
        Assert.Equal(ProblemKinds.TensorDtype, Assert.Throws<ImportException>(() => file.ReadInt64s(file.Find("bytes")!)).Problem.Kind);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(file.Find("scalar")!, 1, new float[1]));
    }

    [Fact]
    public void Same_tensors_same_bytes_whatever_their_order()
    {
        using var folder = new TemporaryFolder();
        TensorData a = TensorData.OfSingles("a", [1f, 2f], 2);
        TensorData b = TensorData.OfInt64s("b", [3], 1);
        SafeTensorsWriter.Write(folder["1"], [a, b]);
        SafeTensorsWriter.Write(folder["2"], [b, a]);
        Assert.Equal(File.ReadAllBytes(folder["1"]), File.ReadAllBytes(folder["2"]));
    }

    [Fact]
    public void A_refused_file_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        TensorData tensor = TensorData.OfSingles("a", [1f, 2f], 2);
        Assert.Throws<ArgumentException>(() => SafeTensorsWriter.Write(folder["x"], [tensor, tensor]));
        Assert.Throws<ArgumentException>(() => SafeTensorsWriter.Write(folder["x"], [tensor with { Shape = [3] }]));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    /// <summary>All 65,536 values, against the definition of binary16 (IEEE 754).</summary>
    [Fact]
    public void Every_fp16_widens_exactly()
    {
        float[] widened = ReadAll(TensorDtype.F16);
        for (int bits = 0; bits < widened.Length; bits++)
        {
            int exponent = (bits >> 10) & 31;
            int fraction = bits & 1023;
            double magnitude = exponent switch
            {
                0 => fraction * Math.Pow(2, -24),
                31 => fraction == 0 ? double.PositiveInfinity : double.NaN,
                _ => (1024 + fraction) * Math.Pow(2, exponent - 25),
            };
            float expected = (float)((bits & 0x8000) == 0 ? magnitude : -magnitude);
            bool same = float.IsNaN(expected) ? float.IsNaN(widened[bits]) : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(widened[bits]);
            if (!same) Assert.Fail($"0x{bits:x4}: expected {expected}, found {widened[bits]}");
        }
    }

    /// <summary>bfloat16 is the upper half of a float: the bits tell, in NaN too.</summary>
    [Fact]
    public void Every_bf16_widens_exactly()
    {
        float[] widened = ReadAll(TensorDtype.BF16);
        for (int bits = 0; bits < widened.Length; bits++) Assert.Equal((uint)bits << 16, BitConverter.SingleToUInt32Bits(widened[bits]));
    }

    private static float[] ReadAll(TensorDtype dtype)
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = [.. Enumerable.Range(0, 65536).SelectMany(bits => BitConverter.GetBytes((ushort)bits))];
        SafeTensorsWriter.Write(folder["x"], [new TensorData("all", dtype, [65536], bytes)]);
        using SafeTensorsFile file = SafeTensorsFile.Open(folder["x"]);
        return file.ReadSingles(file.Tensors[0]);
    }
}
