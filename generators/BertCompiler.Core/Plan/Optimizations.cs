namespace BertCompiler.Core.Plan;

/// <summary>Passes that make a plan faster and change none of its numbers beyond rounding; tests run a model with and without them.</summary>
[Flags]
public enum Optimizations
{
    /// <summary>The plan as it follows from the spec.</summary>
    None = 0,

    /// <summary>Buffers that never live at the same time share memory (<see cref="Passes.ShareBuffers"/>).</summary>
    ShareBuffers = 1,

    /// <summary>1/√D goes into the weights where that is exact (<see cref="ScaleFolding"/>).</summary>
    FoldScale = 2,

    /// <summary>A LayerNorm follows its product while the rows are in cache (<see cref="Passes.FuseNorms"/>).</summary>
    FuseNorms = 4,

    /// <summary>All of them.</summary>
    All = ShareBuffers | FoldScale | FuseNorms,
}
