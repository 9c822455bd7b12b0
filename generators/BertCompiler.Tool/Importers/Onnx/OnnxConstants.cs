using System.Runtime.InteropServices;
using BertCompiler.Core;

namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>Numbers of a Constant node's attribute as a tensor in memory.</summary>
internal static class OnnxConstants
{
    /// <summary>fp32: a scalar, or a list.</summary>
    public static OnnxTensor OfSingles(ByteSource source, string name, float[] values, bool isList) =>
        Of(source, name, OnnxType.Float, values.Length, MemoryMarshal.AsBytes<float>(values).ToArray(), isList);

    /// <summary>int64: a scalar, or a list.</summary>
    public static OnnxTensor OfInt64s(ByteSource source, string name, long[] values, bool isList) =>
        Of(source, name, OnnxType.Int64, values.Length, MemoryMarshal.AsBytes<long>(values).ToArray(), isList);

    private static OnnxTensor Of(ByteSource source, string name, OnnxType type, int elements, byte[] bytes, bool isList) => new()
    {
        Name = name,
        Type = type,
        Dims = isList ? new EquatableArray<long>([elements]) : default,
        Elements = elements,
        Source = ByteSource.Of(new MemoryStream(bytes, writable: false), source.FilePath),
        Offset = 0,
        Bytes = bytes.Length,
    };
}
