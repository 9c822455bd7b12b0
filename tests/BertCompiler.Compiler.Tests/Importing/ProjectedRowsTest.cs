using BertCompiler.Core;
using BertCompiler.Core.Plan;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Packing;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>norm(table)·Wᵀ + b to the bit: sums over inputs in their order, in float64, rounded once.</summary>
public sealed class ProjectedRowsTest
{
    /// <summary>Odd numbers of rows, outputs on and off the border of a panel; parts of the rows at a time.</summary>
    [Theory]
    [InlineData(8, 16, 32, 8, true)]
    [InlineData(7, 19, 33, 3, true)]
    [InlineData(5, 1, 15, 5, false)]
    [InlineData(1, 40, 1, 1, false)]
    public void Every_number_is_the_sum_in_order(int rows, int inputs, int outputs, int atOnce, bool normalizes)
    {
        var checkpoint = new RandomTensors();
        TensorInfo table = checkpoint.Add("table", rows, inputs), weight = checkpoint.Add("weight", outputs, inputs), bias = checkpoint.Add("bias", outputs);
        TensorInfo scale = checkpoint.Add("scale", inputs), shift = checkpoint.Add("shift", inputs);
        SourceTensor? named(TensorInfo tensor) => normalizes ? Source(tensor) : null;
        var content = new ProjectedTable(Source(table), Source(weight), Source(bias), named(scale), named(shift), 1e-7);
        var projected = new ProjectedRows(content, [table, weight, bias, scale, shift], new SourceReader(checkpoint, new HashSet<TensorInfo>()), default);
        for (int first = 0; first < rows; first += atOnce)
        {
            int count = Math.Min(atOnce, rows - first);
            var found = new float[count * outputs];
            projected.Read(first, outputs, found);
            for (int i = 0; i < found.Length; i++)
            {
                double[] row = [.. checkpoint.Numbers("table").Skip((first + (i / outputs)) * inputs).Take(inputs).Select(x => (double)x)];
                if (normalizes) Normalize(row, checkpoint.Numbers("scale"), checkpoint.Numbers("shift"));
                double sum = 0;
                for (int k = 0; k < inputs; k++) sum += row[k] * checkpoint.Numbers("weight")[(i % outputs * inputs) + k];
                Assert.Equal((float)(sum + checkpoint.Numbers("bias")[i % outputs]), found[i]);
            }
        }
    }

    private static void Normalize(double[] row, float[] scale, float[] shift)
    {
        double mean = 0, variance = 0;
        foreach (double x in row) mean += x;
        mean /= row.Length;
        foreach (double x in row) variance += (x - mean) * (x - mean);
        double factor = 1 / Math.Sqrt((variance / row.Length) + 1e-7);
        for (int i = 0; i < row.Length; i++) row[i] = ((row[i] - mean) * factor * scale[i]) + shift[i];
    }

    private static SourceTensor Source(TensorInfo tensor) => new() { Name = tensor.Name, Shape = new(tensor.Shape.Select(d => (int)d)) };

    /// <summary>Tensors of made-up numbers.</summary>
    private sealed class RandomTensors : ICheckpoint
    {
        private readonly Random _random = new(5);
        private readonly List<TensorInfo> _tensors = [];
        private readonly Dictionary<string, float[]> _numbers = new(StringComparer.Ordinal);

        public IReadOnlyList<TensorInfo> Tensors => _tensors;

        public CheckpointFacts Facts => throw new NotSupportedException();

        public TensorInfo Add(string name, params long[] shape)
        {
            var tensor = new TensorInfo { Name = name, Dtype = TensorDtype.F32, Shape = new(shape), File = "made up", Offset = 0, Bytes = 0 };
            _tensors.Add(tensor);
            _numbers.Add(name, [.. Enumerable.Range(0, (int)tensor.Elements).Select(_ => (float)((_random.NextDouble() * 2) - 1))]);
            return tensor;
        }

        public float[] Numbers(string name) => _numbers[name];

        public void Read(TensorInfo tensor, long first, Span<float> destination) => Numbers(tensor.Name).AsSpan((int)first, destination.Length).CopyTo(destination);

        public void Dispose()
        {
        }
    }
}
