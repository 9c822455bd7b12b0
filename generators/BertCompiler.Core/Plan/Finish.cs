using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>What is done to a matrix product, bias added, while it is still in registers or in cache. A closed set: what is not here cannot be planned.</summary>
/// <param name="Residual">The value that is added; null: none.</param>
public abstract record Finish(string? Residual)
{
    /// <summary>Packed tensors that it needs.</summary>
    public virtual EquatableArray<string> Weights => default;
}

/// <summary>Nothing more.</summary>
public sealed record Plain() : Finish(default(string));

/// <summary>An activation.</summary>
public sealed record Activated(Activation Activation) : Finish(default(string));

/// <summary>A value is added.</summary>
public sealed record Added(string Residual) : Finish(Residual);

/// <summary>An activation, then a value is added.</summary>
public sealed record ActivatedAndAdded(Activation Activation, string Residual) : Finish(Residual);

/// <summary>A value is added, and the sum normalised.</summary>
public sealed record AddedAndNormalized(string Residual, LayerNorm Norm) : Finish(Residual)
{
    /// <inheritdoc/>
    public override EquatableArray<string> Weights => Norm.Weights;
}
