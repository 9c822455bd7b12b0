using BertCompiler.Tool.Verification.Tasks.Replay;
using BertCompiler.Weights;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>Probabilities of single tokens, and from which window of a long text they come.</summary>
public sealed class ReplacedTokenTest
{
    [Fact]
    public void A_logit_is_a_probability()
    {
        using ReplayWeights weights = LetterTokenizer.Read();
        using var model = new PlaceDetector(weights.Open(), weights.Facts("letters", LetterTokenizer.Vocabulary.Length, 32));
        IReadOnlyList<ReplacedToken> tokens = model.DetectReplaced("Anna lives in");
        Assert.Equal(["anna", "lives", "in"], tokens.Select(t => t.Token.Text));
        for (int i = 0; i < tokens.Count; i++) Assert.Equal(1 / (1 + Math.Exp(2 - i)), tokens[i].Probability, 1e-6);
        Assert.Equal([false, false, false], tokens.Select(t => t.IsReplaced));
        Assert.Empty(model.DetectReplaced(""));
    }

    /// <summary>Windows of 8 tokens that share 2 and begin at 0, 6, 12: of the two shared ones each goes to the window that has more round it.</summary>
    [Fact]
    public void A_token_comes_from_the_window_that_has_the_most_round_it()
    {
        using ReplayWeights weights = LetterTokenizer.Read();
        using var model = new PlaceDetector(weights.Open(), weights.Facts("letters", LetterTokenizer.Vocabulary.Length, 10));
        IReadOnlyList<ReplacedToken> tokens = model.DetectReplaced(string.Join(' ', Enumerable.Repeat("anna", 20)));
        int[] places = [.. tokens.Select(t => (int)Math.Round(Math.Log(t.Probability / (1 - t.Probability))) + 2)];
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 7], places);
    }

    /// <summary>A token's logit is its place in the window, less 2.</summary>
    private sealed class PlaceDetector(PackedWeights weights, ModelFacts facts)
        : ReplacedTokenDetector(new InventedProgram(weights, 1, (batch, token, logits) => logits[0] = batch.Positions[token] - 3), facts, new HeadFacts(), options: null);
}
