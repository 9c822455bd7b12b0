namespace BertCompiler.Core.Plan;

/// <summary>Passes that make a plan faster and change none of its numbers; tests run a model with and without them.</summary>
[Flags]
public enum Optimizations
{
    /// <summary>The plan as it follows from the spec.</summary>
    None = 0,

    /// <summary>Values that never live at the same time share memory (<see cref="Passes.Placement"/>).</summary>
    ShareMemory = 1,

    /// <summary>A LayerNorm follows its product while the rows are in cache (<see cref="Passes.FuseNorms"/>).</summary>
    FuseNorms = 2,

    /// <summary>All of them.</summary>
    All = ShareMemory | FuseNorms,
}
