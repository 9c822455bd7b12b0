using BertCompiler.Tool.Verification.Tasks.Replay;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>A token classifier that gives each id of <see cref="LetterTokenizer"/> one label, sure of it; others get label 0. Counts its runs.</summary>
internal sealed class LetterTagger(ReplayWeights weights, int maxTokens, string[] labels, Dictionary<string, string> byToken, LoadOptions? options = null)
    : TokenClassifier(
        new InventedProgram(
            weights.Open(),
            labels.Length,
            (batch, token, logits) => logits[byToken.TryGetValue(LetterTokenizer.Vocabulary[batch.Ids[token]], out string? own) ? Array.IndexOf(labels, own) : 0] = 10,
            options),
        weights.Facts("letters", LetterTokenizer.Vocabulary.Length, maxTokens),
        new HeadFacts { Labels = labels },
        options)
{
    /// <summary>Tokens of the largest run.</summary>
    public int MostTokens => ((InventedProgram)Program).MostTokens;
}
