using BertCompiler.Core;

namespace BertCompiler.Tool.Importers.SafeTensors;

/// <summary>A tensor of fp32 that is going to be written.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">Its dimensions.</param>
internal sealed record TensorDeclaration(string Name, EquatableArray<long> Shape)
{
    /// <summary>Number of elements.</summary>
    /// <exception cref="OverflowException">No file can hold that many.</exception>
    public long Elements => Shape.Aggregate(1L, (product, d) => checked(product * d));
}
