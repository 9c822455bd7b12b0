using BertCompiler.Core.Plan;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary>How generated code gets at a packed tensor: by its named offset, with its sizes.</summary>
internal readonly struct WeightNames(WeightPlan plan, bool layer)
{
    public string Matrix(string name) => FormattableString.Invariant($"Matrix({At(name)}, {plan[name].Rows}, {plan[name].Columns})");

    public string Vector(string name) => FormattableString.Invariant($"Vector({At(name)}, {plan[name].Columns})");

    public string Table(string name) => FormattableString.Invariant($"Table({At(name)}, {plan[name].Rows}, {plan[name].Columns})");

    private string At(string name) => layer ? "at + InLayer." + name : "At." + name;
}
