namespace BertCompiler.Tool.Verification;

/// <summary>How far one result is from what was expected.</summary>
/// <param name="Name">The result.</param>
/// <param name="MaxError">The greatest absolute difference; infinite where a number is not finite.</param>
/// <param name="Tolerance">The greatest that is allowed.</param>
/// <param name="Values">How many numbers were compared.</param>
internal sealed record TensorComparison(string Name, double MaxError, double Tolerance, long Values)
{
    /// <summary>The error in units of the tolerance: 1 and less passes.</summary>
    public double Share => MaxError / Tolerance;

    /// <summary>Whether the error is within the tolerance.</summary>
    public bool Passed => MaxError <= Tolerance;
}
