namespace BertCompiler.Benchmarks;

/// <summary>Medians of one case.</summary>
/// <param name="Texts">B.</param>
/// <param name="Tokens">Tokens of each text.</param>
/// <param name="Ours">Milliseconds of BertCompiler.</param>
/// <param name="Theirs">Milliseconds of ONNX Runtime.</param>
/// <param name="GreatestDifference">Greatest absolute difference of the two results.</param>
/// <param name="Allocated">Bytes that BertCompiler allocated on the managed heap in a call.</param>
internal sealed record Measurement(int Texts, int Tokens, double Ours, double Theirs, double GreatestDifference, long Allocated)
{
    /// <summary>Time of ONNX Runtime over ours: above 1, BertCompiler is faster.</summary>
    public double Ratio => Theirs / Ours;

    /// <summary>Tokens a second of BertCompiler.</summary>
    public double TokensPerSecond => Texts * Tokens / (Ours / 1000);
}
