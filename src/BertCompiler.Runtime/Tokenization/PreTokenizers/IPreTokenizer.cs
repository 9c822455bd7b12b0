namespace BertCompiler.Tokenization;

/// <summary>A step of splitting a text into words.</summary>
internal interface IPreTokenizer
{
    /// <summary>Splits every piece of <paramref name="text"/>.</summary>
    void Split(SplitText text);
}
