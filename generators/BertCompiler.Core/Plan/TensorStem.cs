namespace BertCompiler.Core.Plan;

/// <summary>What a product's tensors are called, without <c>.weight</c> and <c>.bias</c>; or one of several equal parts of their rows.</summary>
/// <param name="Name">The name.</param>
/// <param name="Part">Which part, from 0.</param>
/// <param name="Parts">How many parts there are.</param>
public sealed record TensorStem(string Name, int Part = 0, int Parts = 1)
{
    /// <summary>All rows of a tensor.</summary>
    public static implicit operator TensorStem(string name) => new(name);

    /// <summary>The source of some outputs.</summary>
    /// <param name="ending">What follows the name.</param>
    /// <param name="outputs">Number of outputs of the part.</param>
    /// <param name="rest">Further dimensions.</param>
    internal SourceTensor Source(string ending, int outputs, params int[] rest) => new()
    {
        Name = Name + ending,
        Shape = new([outputs * Parts, .. rest]),
        FirstRow = Part * outputs,
        RowCount = Parts == 1 ? 0 : outputs,
    };
}
