namespace BertCompiler.Tokenization;

/// <summary>A step of normalising.</summary>
internal interface INormalizer
{
    /// <summary>Appends the normal form of <paramref name="input"/> to <paramref name="output"/>, which is empty, with places in the original.</summary>
    void Normalize(NormalizedText input, NormalizedText output, TokenizerScratch scratch);
}
