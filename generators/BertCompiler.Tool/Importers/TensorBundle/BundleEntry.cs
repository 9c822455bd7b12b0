using BertCompiler.Core;

namespace BertCompiler.Tool.Importers.TensorBundle;

/// <summary>What the index says about one variable; nothing of it is checked against the data yet.</summary>
/// <param name="Name">TensorFlow's name, <c>bert/pooler/dense/kernel</c>.</param>
/// <param name="Type">Number of the element type (<c>tensorflow/core/framework/types.proto</c>).</param>
/// <param name="Shape">Dimensions as they are written.</param>
/// <param name="Shard">Which data file.</param>
/// <param name="Offset">Where it begins there.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Checksum">Masked CRC-32C of its bytes.</param>
internal sealed record BundleEntry(string Name, int Type, EquatableArray<long> Shape, int Shard, long Offset, long Bytes, uint Checksum)
{
    /// <summary>The shape as text, <c>[384, 384]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
