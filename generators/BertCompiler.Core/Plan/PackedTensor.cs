using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>One tensor of the packed file: how and where it lies. What it is made of is known to the import alone (<see cref="TensorRecipe"/>).</summary>
public sealed record PackedTensor
{
    /// <summary>Its name in generated code, <c>QueryKeyValue</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How it lies.</summary>
    public required PackedLayout Layout { get; init; }

    /// <summary>What its numbers are.</summary>
    public ElementType Type { get; init; }

    /// <summary>K of a matrix, number of rows of a table, 1 for a vector.</summary>
    public required int Rows { get; init; }

    /// <summary>N of a matrix, width of a table, length of a vector; of an interleaved one both halves, each with its zeros.</summary>
    public required int Columns { get; init; }

    /// <summary>
    /// Whether two halves of the outputs lie in turns of 32, so that one pass over a row has both numbers that a gate multiplies: outputs
    /// 0 … 31 of the first half, 0 … 31 of the second, 32 … 63 of the first. Each half is zero-filled to a multiple of 32.
    /// </summary>
    public bool IsInterleaved { get; init; }

    /// <summary>Whether no checkpoint holds it: zeros, or a table of sines.</summary>
    public bool IsComputed { get; init; }

    /// <summary>Outputs from 0 on that were scaled by a power of two while packing; 0: none.</summary>
    public int ScaledOutputs { get; init; }

    /// <summary>The binary exponent that those outputs were scaled by (<see cref="ScaleFolding"/>).</summary>
    public int ScaleExponent { get; init; }

    /// <summary>Where it begins, in bytes: from the start of the file, or of the layer for a layer's tensor.</summary>
    public long Offset { get; init; }

    /// <summary>Bytes it takes, padding included.</summary>
    public long Bytes => 4L * (Layout == PackedLayout.Vector ? 1 : Rows) * RoundUp(Columns);

    /// <summary>The next multiple of 32: floats of a panel's row, and of a row's padding.</summary>
    public static int RoundUp(int columns) => checked((columns + 31) & ~31);
}
