namespace BertCompiler.Tokenization;

/// <summary>A step from the texts of tokens to the text that they stand for.</summary>
internal interface IDecoder
{
    /// <summary>The texts after this step; they are joined at the end. The list may be changed and given back.</summary>
    List<string> Decode(List<string> tokens);
}
