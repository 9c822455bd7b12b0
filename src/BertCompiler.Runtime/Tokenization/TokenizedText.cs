namespace BertCompiler.Tokenization;

/// <summary>The tokens of a text before special tokens are put round it.</summary>
/// <param name="Tokens">The tokens.</param>
/// <param name="Places">Where code points lie in the text; one for each word of a text that came in words.</param>
internal sealed record TokenizedText(Token[] Tokens, CodePointIndex[] Places)
{
    /// <summary>What turns the places of a token into UTF-16 units.</summary>
    public CodePointIndex PlacesOf(Token token) => Places.Length == 1 ? Places[0] : Places[token.Word];
}
