using BertCompiler.Core.Plan;
using BertCompiler.Core.Weights;

namespace BertCompiler.Core.Emit;

/// <summary>Everything that decides the text of a generated class.</summary>
/// <remarks>Structurally equal, like the specs it holds: an equal request gives the same bytes.</remarks>
public sealed record EmitRequest
{
    /// <summary>Namespace of the class; empty: none.</summary>
    public required string Namespace { get; init; }

    /// <summary>Name of the class.</summary>
    public required string ClassName { get; init; }

    /// <summary>The imported model.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>Intermediate results that the class hands out.</summary>
    public required Taps Taps { get; init; }

    /// <summary>Where the class finds its weights.</summary>
    public required WeightsPlace Weights { get; init; }

    /// <summary>Passes over the plan; tests leave some out.</summary>
    public Optimizations Optimizations { get; init; } = Optimizations.All;

    /// <summary>Namespace and class in one.</summary>
    public string FullName => Namespace.Length == 0 ? ClassName : Namespace + "." + ClassName;
}
