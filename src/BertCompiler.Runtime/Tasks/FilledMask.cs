namespace BertCompiler;

/// <summary>A word that may stand where a mask is.</summary>
/// <param name="Id">Its token id.</param>
/// <param name="Token">Its text, as the tokenizer's decoder writes it.</param>
/// <param name="Score">Its probability over the whole vocabulary, also where only some words were asked for.</param>
/// <param name="Sequence">The whole text with it in the mask's place, as the tokenizer's decoder writes it; other masks stay.</param>
public readonly record struct FilledMask(int Id, string Token, float Score, string Sequence)
{
    /// <summary>For people: <c>"france" 0.98 in "paris is in france."</c>.</summary>
    public override string ToString() => $"{Printed.Quoted(Token)} {Printed.Number(Score)} in {Printed.Quoted(Sequence)}";
}
