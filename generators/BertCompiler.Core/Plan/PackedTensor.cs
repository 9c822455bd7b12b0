namespace BertCompiler.Core.Plan;

/// <summary>One tensor of the packed file: from which sources it is made, how and where it lies.</summary>
public sealed record PackedTensor
{
    /// <summary>Its name in generated code, <c>QueryKeyValue</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How it lies.</summary>
    public required PackedLayout Layout { get; init; }

    /// <summary>K of a matrix, number of rows of a table, 1 for a vector.</summary>
    public required int Rows { get; init; }

    /// <summary>N of a matrix, width of a table, length of a vector.</summary>
    public required int Columns { get; init; }

    /// <summary>What it is made of, in the order of concatenation; nothing: it is computed, a vector of zeros or a table of sine waves.</summary>
    public required EquatableArray<SourceTensor> Sources { get; init; }

    /// <summary>
    /// Binary exponent that the first source is scaled by while packing: 1/√D folded into the query projection, which is only done where
    /// 1/√D is a power of two, so that no bit of any product changes.
    /// </summary>
    public int FirstSourceExponent { get; init; }

    /// <summary>Where it begins, in bytes: from the start of the file, or of the layer for a layer's tensor.</summary>
    public long Offset { get; init; }

    /// <summary>Bytes it takes, padding included.</summary>
    public long Bytes => 4L * Layout switch
    {
        PackedLayout.Matrix => (long)Rows * RoundUp(Columns),
        PackedLayout.Table => (long)Rows * RoundUp(Columns),
        _ => RoundUp(Columns),
    };

    private static long RoundUp(int columns) => (columns + 31L) & ~31L;
}
