namespace BertCompiler.Tokenization;

/// <summary>Where a token comes from.</summary>
public enum TokenKind
{
    /// <summary>From the text; added tokens found in it too.</summary>
    Text,

    /// <summary>Put round the text by the template, as [CLS] and [SEP].</summary>
    Special,

    /// <summary>Fills a batch up to one length.</summary>
    Padding,
}
