using BertCompiler.Core.Plan;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary>How generated code gets at the packed tensors that a block names: by their named offsets, with their sizes.</summary>
internal sealed class WeightNames(ExecutionPlan plan, Block block)
{
    public string Matrix(string name) => FormattableString.Invariant($"Matrix({At(name)}, {Tensor(name).Rows}, {Tensor(name).Columns})");

    public string Vector(string name) => FormattableString.Invariant($"Vector({At(name)}, {Tensor(name).Columns})");

    public string Table(string name) => FormattableString.Invariant($"Table({At(name)}, {Tensor(name).Rows}, {Tensor(name).Columns})");

    /// <summary>A table, or no table under the name of the parameter that takes it.</summary>
    public string TableOrNone(string? name, string parameter) => name is null ? parameter + ": default" : Table(name);

    /// <summary>The constants that hold the offsets of a kind of layer: <c>InLayer</c>, <c>InLocalLayer</c>.</summary>
    public static string ClassOf(Block layer) => layer.Name == "EncoderLayer" ? "InLayer" : "In" + layer.Name;

    private PackedTensor Tensor(string name) => plan.Weights.Tensor(name, block.Kind);

    private string At(string name) => plan.Weights.IsOfLayer(name, block.Kind) ? $"at + {ClassOf(block)}.{name}" : "At." + name;
}
