namespace BertCompiler.Core.Plan;

/// <summary>Layers that are computed alike: one block, run with the weights of each.</summary>
/// <param name="Block">What a layer computes.</param>
/// <param name="Layers">The layers that run it, ascending.</param>
public sealed record LayerGroup(Block Block, EquatableArray<int> Layers);
