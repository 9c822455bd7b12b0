namespace BertCompiler.Core.Spec;

/// <summary>Where the sines and cosines of rotary positions come from.</summary>
public enum RotaryTable
{
    /// <summary>Computed in fp32, as PyTorch computes them: frequency, angle and function are each rounded.</summary>
    RoundedSteps,

    /// <summary>Computed in float64 and rounded once.</summary>
    RoundedOnce,

    /// <summary>The checkpoint holds them, sines first.</summary>
    Stored,
}
