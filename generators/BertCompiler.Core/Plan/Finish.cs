using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>What is done to a matrix product while it is still in registers or in cache.</summary>
public sealed record Finish
{
    /// <summary>Only the bias.</summary>
    public static Finish None { get; } = new();

    /// <summary>An activation behind the bias.</summary>
    public Activation? Activation { get; init; }

    /// <summary>A buffer that is added.</summary>
    public string? Residual { get; init; }

    /// <summary>Scale and shift of a LayerNorm behind the residual; null: none.</summary>
    public NormRef? Norm { get; init; }
}
