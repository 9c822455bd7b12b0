namespace BertCompiler.Tool.Commands.Tokenizing;

/// <summary>What <c>bertc tokenize</c> does with files.</summary>
/// <param name="Format">How ids are written.</param>
/// <param name="Threads">Threads that encode.</param>
/// <param name="AddSpecialTokens">Whether the special tokens of the template are put round a text.</param>
/// <param name="MaxTokens">The most tokens of a text, special tokens counted; null: nothing is cut.</param>
internal sealed record TextFileOptions(TokenFormat Format, int Threads, bool AddSpecialTokens, int? MaxTokens)
{
    /// <summary>What the name of an output file in a folder ends with.</summary>
    public string Extension => Format switch
    {
        TokenFormat.JsonLines => ".ids.jsonl",
        TokenFormat.Binary => ".ids.bin",
        _ => ".ids",
    };
}
