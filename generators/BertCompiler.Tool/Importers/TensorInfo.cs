using BertCompiler.Core;

namespace BertCompiler.Tool.Importers;

/// <summary>One tensor of a checkpoint, checked: its bytes lie inside its file, and shape times element size is their number.</summary>
internal sealed record TensorInfo
{
    /// <summary>Its name in the checkpoint.</summary>
    public required string Name { get; init; }

    /// <summary>Its element type.</summary>
    public required TensorDtype Dtype { get; init; }

    /// <summary>Its dimensions; empty for a scalar.</summary>
    public required EquatableArray<long> Shape { get; init; }

    /// <summary>The file it lies in, as messages name it.</summary>
    public required string File { get; init; }

    /// <summary>Where it begins in that file, in bytes.</summary>
    public required long Offset { get; init; }

    /// <summary>Its length in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Number of elements.</summary>
    public long Elements => Shape.Aggregate(1L, (product, d) => product * d);

    /// <summary>The shape as text, <c>[384, 384]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
