using BertCompiler.Core.Plan;
using BertCompiler.Core.Weights;

namespace BertCompiler.Core.Emit;

/// <summary>A model's class.</summary>
public sealed record EmitRequest : SourceRequest
{
    /// <summary>The imported model.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>Intermediate results that the class hands out.</summary>
    public required Taps Taps { get; init; }

    /// <summary>Passes over the plan; tests leave some out.</summary>
    public Optimizations Optimizations { get; init; } = Optimizations.All;
}
