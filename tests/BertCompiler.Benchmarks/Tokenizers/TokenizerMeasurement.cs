namespace BertCompiler.Benchmarks.Tokenizers;

/// <summary>Medians of one tokenizer.</summary>
/// <param name="Name">Folder of the tokenizer.</param>
/// <param name="Tokens">Tokens of all texts.</param>
/// <param name="Ours">Milliseconds of BertCompiler for all texts, UTF-16, one thread.</param>
/// <param name="OursBothCores">The same on all cores.</param>
/// <param name="Theirs">Milliseconds of the Hugging Face library, one thread.</param>
/// <param name="Allocated">Bytes that BertCompiler allocated on the managed heap for all texts.</param>
/// <param name="SameIds">Whether all ids are equal.</param>
internal sealed record TokenizerMeasurement(string Name, long Tokens, double Ours, double OursBothCores, double Theirs, long Allocated, bool SameIds)
{
    /// <summary>Time of the library over ours: above 1, BertCompiler is faster.</summary>
    public double Ratio => Theirs / Ours;

    /// <summary>Tokens a second where <paramref name="milliseconds"/> are the time for all.</summary>
    public double PerSecond(double milliseconds) => Tokens / (milliseconds / 1000);
}
