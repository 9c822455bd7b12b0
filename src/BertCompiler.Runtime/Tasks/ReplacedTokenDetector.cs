using BertCompiler.Tasks;

namespace BertCompiler;

/// <summary>
/// A compiled ELECTRA discriminator: which tokens of a text were put there by somebody else (Clark et al. 2020, arXiv:2003.10555, §2).
/// </summary>
/// <inheritdoc/>
public abstract class ReplacedTokenDetector : HeadModel
{
    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ReplacedTokenDetector(EncoderProgram program, ModelFacts facts, HeadFacts head, LoadOptions? options) : base(program, facts, head, options)
    {
    }

    /// <summary>
    /// The tokens of a text, each with the probability that it was replaced. A text longer than the model is read in windows that overlap by
    /// a quarter; each token's probability is that of the window in which it has the most context.
    /// </summary>
    /// <param name="text">The text; one without tokens gives an empty list.</param>
    /// <param name="progress">Told of windows that are done.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public IReadOnlyList<ReplacedToken> DetectReplaced(string text, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return RunWindows(1, _ => Read(text, cancellationToken), new(progress, cancellationToken))[0];
    }

    /// <summary>The tokens of many texts, each with the probability that it was replaced.</summary>
    /// <param name="texts">The texts; none gives an empty list.</param>
    /// <param name="progress">Told of texts that are done.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    /// <exception cref="ArgumentException">A null text.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public IReadOnlyList<IReadOnlyList<ReplacedToken>> DetectReplaced(IReadOnlyList<string> texts, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return RunWindows(texts.Count, i => Read(TextAt(texts, i, nameof(texts)), cancellationToken), new(progress, cancellationToken));
    }

    private WindowedReading<IReadOnlyList<ReplacedToken>> Read(string text, CancellationToken cancellation)
    {
        int most = CheckedLength(null, pair: false);
        var windows = new WindowedText(Tokenizer.Encode(text, cancellationToken: cancellation), most, WindowStride(most, null));
        return new MergedReading<IReadOnlyList<ReplacedToken>>(windows, width: 1, rows =>
        {
            var tokens = new ReplacedToken[windows.Tokens.Length];
            for (int i = 0; i < tokens.Length; i++) tokens[i] = new ReplacedToken(windows.Tokens[i], (float)RealMath.Sigmoid(rows[i][0]));
            return tokens;
        });
    }
}
