namespace BertCompiler;

/// <summary>How far a call over many texts has come; of one text that is read in windows, how many windows are done.</summary>
/// <param name="Done">Texts, or windows, that are done.</param>
/// <param name="Total">All of them.</param>
public readonly record struct BatchProgress(int Done, int Total)
{
    /// <summary>The share that is done, from 0 to 1.</summary>
    public double Share => Total == 0 ? 1 : (double)Done / Total;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Done} of {Total}");
}
