using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>A token and whether it seems to be in the wrong place.</summary>
/// <param name="Token">The token, with its place in the text.</param>
/// <param name="Probability">Probability that it is not the original one: the logit through a sigmoid.</param>
public readonly record struct ReplacedToken(Token Token, float Probability)
{
    /// <summary>Whether it is more likely replaced than original.</summary>
    public bool IsReplaced => Probability > 0.5f;

    /// <summary>For people: <c>"ate" 4321 at 9..12, replaced 0.98</c>.</summary>
    public override string ToString() => $"{Token}, {(IsReplaced ? "replaced" : "original")} {Printed.Number(IsReplaced ? Probability : 1 - Probability)}";
}
