namespace BertCompiler.Core.Spec;

/// <summary>Rotary positions (Su et al. 2021): queries and keys are rotated by an angle that grows with the token's position.</summary>
/// <param name="Base">θ: pair j of D/2 turns by position/θ^(2j/D).</param>
/// <param name="Pairing">Which numbers make a pair.</param>
/// <param name="RotatesValues">Whether values are rotated too.</param>
/// <param name="Table">Where sines and cosines come from.</param>
public sealed record RotarySpec(double Base, RotaryPairing Pairing, bool RotatesValues, RotaryTable Table);
