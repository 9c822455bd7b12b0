using BertCompiler.Tasks;
using BertCompiler.Weights;

namespace BertCompiler;

/// <summary>
/// A compiled ELECTRA discriminator: which tokens of a text were put there by somebody else (Clark et al. 2020, arXiv:2003.10555, §2).
/// </summary>
/// <inheritdoc/>
public abstract class ReplacedTokenDetector : HeadModel
{
    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ReplacedTokenDetector(PackedWeights weights, ModelFacts facts, HeadFacts head, LoadOptions? options) : base(weights, facts, head, options)
    {
    }

    /// <summary>
    /// The tokens of a text, each with the probability that it was replaced. A text longer than the model is read in windows that overlap by
    /// a quarter; each token's probability is that of the window in which it has the most context.
    /// </summary>
    /// <param name="text">The text; one without tokens gives an empty list.</param>
    public IReadOnlyList<ReplacedToken> DetectReplaced(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int most = CheckedLength(null, pair: false);
        var windows = new WindowedText(Tokenizer.Encode(text), most, WindowStride(most, null));
        var merged = new MergedRows(windows, width: 1);
        RunEach(windows.Count, windows.Window, (_, window, token, logits) => merged.Accept(window, token, logits), "logits");
        var tokens = new ReplacedToken[windows.Tokens.Length];
        for (int i = 0; i < tokens.Length; i++) tokens[i] = new ReplacedToken(windows.Tokens[i], (float)RealMath.Sigmoid(merged[i][0]));
        return tokens;
    }
}
