using BertCompiler.Tool.Importers;
using System.Runtime.InteropServices;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>A tensor to be written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dtype">Its element type.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Bytes">Its elements, row-major, little-endian.</param>
internal sealed record TensorData(string Name, TensorDtype Dtype, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>A tensor of fp32.</summary>
    public static TensorData OfSingles(string name, ReadOnlySpan<float> values, params IReadOnlyList<long> shape) =>
        new(name, TensorDtype.F32, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>A tensor of int64.</summary>
    public static TensorData OfInt64s(string name, ReadOnlySpan<long> values, params IReadOnlyList<long> shape) =>
        new(name, TensorDtype.I64, shape, MemoryMarshal.AsBytes(values).ToArray());
}
