namespace BertCompiler.Core.Plan;

/// <summary>How a row is normalised, and with which packed tensors. A closed set.</summary>
/// <param name="Scale">The scale, [N].</param>
/// <param name="Epsilon">ε.</param>
public abstract record Norm(string Scale, double Epsilon)
{
    /// <summary>Packed tensors that it needs.</summary>
    public abstract EquatableArray<string> Weights { get; }
}

/// <summary>LayerNorm. One without a shift has zeros for it.</summary>
public sealed record LayerNorm(string Scale, string Shift, double Epsilon) : Norm(Scale, Epsilon)
{
    /// <inheritdoc/>
    public override EquatableArray<string> Weights => new([Scale, Shift]);
}

/// <summary>RMS norm.</summary>
public sealed record RmsNorm(string Scale, double Epsilon) : Norm(Scale, Epsilon)
{
    /// <inheritdoc/>
    public override EquatableArray<string> Weights => new([Scale]);
}
