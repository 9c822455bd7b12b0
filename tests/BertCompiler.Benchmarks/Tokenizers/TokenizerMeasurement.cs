namespace BertCompiler.Benchmarks.Tokenizers;

/// <summary>Medians of one tokenizer, in milliseconds for all texts.</summary>
/// <param name="Name">How tables name it.</param>
/// <param name="Tokens">Tokens of all texts.</param>
internal sealed record TokenizerMeasurement(string Name, long Tokens)
{
    /// <summary>BertCompiler from strings, one thread, processor time.</summary>
    public required double Utf16 { get; init; }

    /// <summary>BertCompiler from UTF-8, one thread, processor time.</summary>
    public required double Utf8 { get; init; }

    /// <summary>BertCompiler from strings on all cores, by the clock.</summary>
    public required double AllCores { get; init; }

    /// <summary>The Hugging Face library, one thread, processor time.</summary>
    public required double Theirs { get; init; }

    /// <summary>The Hugging Face library on all cores, by the clock.</summary>
    public required double TheirsAllCores { get; init; }

    /// <summary>Bytes that BertCompiler allocated on the managed heap.</summary>
    public required long Allocated { get; init; }

    /// <summary>Whether all ids of all ways are equal to the library's.</summary>
    public required bool SameIds { get; init; }

    /// <summary>Tokens a second where <paramref name="milliseconds"/> are the time for all.</summary>
    public double PerSecond(double milliseconds) => Tokens / (milliseconds / 1000);
}
