using BertCompiler.Core;

namespace BertCompiler.Tool.Importers.SafeTensors;

/// <summary>A tensor of floats that is going to be written.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">Its dimensions.</param>
internal sealed record TensorDeclaration(string Name, EquatableArray<long> Shape)
{
    /// <summary>How its numbers are stored: F32, F16 or BF16.</summary>
    public TensorDtype Dtype { get; init; } = TensorDtype.F32;

    /// <summary>Number of elements.</summary>
    /// <exception cref="OverflowException">No file can hold that many.</exception>
    public long Elements => Shape.Aggregate(1L, (product, d) => checked(product * d));
}
