namespace BertCompiler;

/// <summary>What an embedding call did.</summary>
/// <param name="Texts">Number of texts.</param>
/// <param name="Tokens">Number of tokens that the model read, special tokens included.</param>
/// <param name="Truncated">Number of texts that were cut because they are longer than the model can read.</param>
public readonly record struct EmbedResult(int Texts, long Tokens, int Truncated)
{
    /// <summary>For people: <c>3 texts, 42 tokens, 1 text cut</c>.</summary>
    public override string ToString() => $"{Printed.Count(Texts, "text")}, {Printed.Count(Tokens, "token")}, {Printed.Count(Truncated, "text")} cut";
}
