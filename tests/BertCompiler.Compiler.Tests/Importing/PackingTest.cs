using System.Runtime.InteropServices;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Packing;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>Every number of the checkpoint is in the packed file, at the place that the layout says, and nothing but zeros beside it.</summary>
public sealed class PackingTest
{
    /// <summary>D = 11: nothing is folded. D = 16 and 4: the query is scaled by 1/4 and 1/2. H on and off a panel's border.</summary>
    [Theory]
    [InlineData(66, 6, 50, 0)]
    [InlineData(64, 4, 96, -2)]
    [InlineData(40, 10, 33, -1)]
    public void Every_number_is_in_its_place(int hidden, int heads, int feedForward, int exponent)
    {
        var model = new TinyModel(hidden, heads, layers: 2, feedForward);
        (WeightPlan plan, float[] packed) = Pack(model, TensorDtype.F32);
        for (int layer = 0; layer < 2; layer++)
        {
            string stem = $"encoder.layer.{layer}.";
            CheckMatrix(model, plan, packed, "QueryKeyValue", layer, exponent, stem + "attention.self.query", stem + "attention.self.key", stem + "attention.self.value");
            CheckVector(model, plan, packed, "QueryKeyValueBias", layer, exponent, stem + "attention.self.query.bias", stem + "attention.self.key.bias", stem + "attention.self.value.bias");
            CheckMatrix(model, plan, packed, "AttentionOutput", layer, 0, stem + "attention.output.dense");
            CheckVector(model, plan, packed, "AttentionNormScale", layer, 0, stem + "attention.output.LayerNorm.weight");
            CheckVector(model, plan, packed, "AttentionNormShift", layer, 0, stem + "attention.output.LayerNorm.bias");
            CheckMatrix(model, plan, packed, "Intermediate", layer, 0, stem + "intermediate.dense");
            CheckMatrix(model, plan, packed, "Output", layer, 0, stem + "output.dense");
            CheckVector(model, plan, packed, "OutputBias", layer, 0, stem + "output.dense.bias");
        }

        CheckTable(model, plan, packed, "WordTable", "embeddings.word_embeddings.weight");
        CheckTable(model, plan, packed, "PositionTable", "embeddings.position_embeddings.weight");
        CheckTable(model, plan, packed, "TypeTable", "embeddings.token_type_embeddings.weight");
        CheckVector(model, plan, packed, "EmbeddingNormShift", 0, 0, "embeddings.LayerNorm.bias");
    }

    [Theory]
    [InlineData("fp16")]
    [InlineData("bf16")]
    public void Narrow_checkpoints_pack_to_the_same_bytes(string dtype)
    {
        var model = new TinyModel();
        (_, float[] wide) = Pack(model, TensorDtype.F32);
        (_, float[] narrow) = Pack(model, string.Equals(dtype, "fp16", StringComparison.Ordinal) ? TensorDtype.F16 : TensorDtype.BF16);
        Assert.Equal(MemoryMarshal.AsBytes<float>(wide), MemoryMarshal.AsBytes<float>(narrow));
    }

    [Fact]
    public void Not_finite_weights_are_packed_as_they_are_and_named()
    {
        var model = new TinyModel(hidden: 64, heads: 4);
        model.Tensors["encoder.layer.1.attention.self.query.weight"].Values[5] = float.PositiveInfinity;
        model.Tensors["embeddings.word_embeddings.weight"].Values[^1] = float.NaN;
        using var folder = new TemporaryFolder();
        model.Save(folder.Path);
        ImportResult result = ModelImporter.Import(folder.Path, new ImportTarget(folder["out"], "m"));
        Assert.True(result.Succeeded);
        Assert.Equal(["weights_not_finite", "weights_not_finite"], result.Problems.Select(p => p.Kind.Class));
        Assert.Contains(result.Problems, p => p.Message.Contains("layer.1.attention.self.query.weight", StringComparison.Ordinal));
        float[] packed = Read(folder["out/m.bertw"]);
        Assert.Contains(float.PositiveInfinity, packed);
        Assert.Contains(float.NaN, packed);
    }

    /// <summary>Scaling by a power of two is a multiplication: what is smaller than the smallest float is rounded, not wrapped.</summary>
    [Fact]
    public void The_smallest_numbers_survive_the_scaling_as_in_a_multiplication()
    {
        var model = new TinyModel(hidden: 64, heads: 4);
        float[] query = model.Tensors["encoder.layer.0.attention.self.query.weight"].Values;
        float[] values = [float.Epsilon, 3 * float.Epsilon, 4 * float.Epsilon, -float.Epsilon, 1.5e-38f, float.MaxValue, -0f];
        values.CopyTo(query, 0);
        (WeightPlan plan, float[] packed) = Pack(model, TensorDtype.F32);
        PackedTensor tensor = plan.Tensor("QueryKeyValue", 0);
        for (int k = 0; k < values.Length; k++)
        {
            float actual = packed[At(plan.Starts[0] + tensor.Offset) + (k * 32)];
            Assert.Equal(BitConverter.SingleToInt32Bits(values[k] * 0.25f), BitConverter.SingleToInt32Bits(actual));
        }
    }

    private static (WeightPlan Plan, float[] Packed) Pack(TinyModel model, TensorDtype dtype)
    {
        using var folder = new TemporaryFolder();
        model.Save(folder.Path, dtype);
        ImportResult result = ModelImporter.Import(folder.Path, new ImportTarget(folder["out"], "m"));
        Assert.Empty(result.Problems);
        return (result.Manifest!.Weights, Read(folder["out/m.bertw"]));
    }

    private static float[] Read(string path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();

    private static int At(long offset) => checked((int)(offset / 4));

    private static void CheckMatrix(TinyModel model, WeightPlan plan, float[] packed, string name, int layer, int exponent, params string[] stems)
    {
        PackedTensor tensor = plan.Tensor(name, 0);
        int start = At(plan.Starts[layer] + tensor.Offset);
        float[][] rows = [.. stems.SelectMany((stem, s) => model.Tensors[stem + ".weight"].Values.Chunk(tensor.Rows).Select(row => Scale(row, s == 0 ? exponent : 0)))];
        Assert.Equal(tensor.Columns, rows.Length);
        int panels = (rows.Length + 31) / 32;
        for (int n = 0; n < panels * 32; n++)
        {
            for (int k = 0; k < tensor.Rows; k++)
            {
                float expected = n < rows.Length ? rows[n][k] : 0;
                float actual = packed[start + (n / 32 * tensor.Rows * 32) + (k * 32) + (n % 32)];
                if (expected != actual) Assert.Fail($"{name} layer {layer} [{n},{k}]: expected {expected}, found {actual}");
            }
        }
    }

    private static void CheckVector(TinyModel model, WeightPlan plan, float[] packed, string name, int layer, int exponent, params string[] sources)
    {
        PackedTensor tensor = plan.Tensor(name, 0);
        bool inLayer = plan.IsOfLayer(name, 0);
        float[] expected = [.. sources.SelectMany((source, s) => Scale(model.Tensors[source].Values, s == 0 ? exponent : 0))];
        CheckRow(expected, packed.AsSpan(At(tensor.Offset + (inLayer ? plan.Starts[layer] : 0))));
    }

    private static void CheckTable(TinyModel model, WeightPlan plan, float[] packed, string name, string source)
    {
        PackedTensor tensor = plan.Tensor(name, kind: null);
        int stride = (tensor.Columns + 31) / 32 * 32;
        float[][] rows = [.. model.Tensors[source].Values.Chunk(tensor.Columns)];
        Assert.Equal(tensor.Rows, rows.Length);
        for (int r = 0; r < rows.Length; r++) CheckRow(rows[r], packed.AsSpan(At(tensor.Offset) + (r * stride)));
    }

    private static void CheckRow(float[] expected, ReadOnlySpan<float> packed)
    {
        int padded = (expected.Length + 31) / 32 * 32;
        Assert.Equal(expected, packed[..expected.Length].ToArray());
        Assert.True(packed[expected.Length..padded].IndexOfAnyExcept(0f) < 0, "the padding is not zero");
    }

    private static float[] Scale(float[] values, int exponent) => [.. values.Select(v => v * MathF.Pow(2, exponent))];

    /// <summary>Values of the formula in Vaswani et al. 2017, §3.5, worked out by hand for E = 4.</summary>
    [Fact]
    public void Sine_waves_are_the_papers()
    {
        float[] rows = new float[8];
        Sinusoids.Fill(3, 4, rows);
        double[] expected = [Math.Sin(3), Math.Cos(3), Math.Sin(0.03), Math.Cos(0.03), Math.Sin(4), Math.Cos(4), Math.Sin(0.04), Math.Cos(0.04)];
        Assert.Equal(expected.Select(e => (float)e), rows);
    }
}
