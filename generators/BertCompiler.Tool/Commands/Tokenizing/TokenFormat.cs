namespace BertCompiler.Tool.Commands.Tokenizing;

/// <summary>How <c>bertc tokenize</c> writes the ids of a text.</summary>
internal enum TokenFormat
{
    /// <summary>Decimal numbers with a space between, one text a line.</summary>
    Ids,

    /// <summary>One object a line: <c>ids</c>, and <c>truncated</c> where the text was cut.</summary>
    JsonLines,

    /// <summary>Of each text the number of its ids and the ids: 32-bit integers, little-endian.</summary>
    Binary,
}
