using BertCompiler.Tasks;
using BertCompiler.Tokenization;
using BertCompiler.Weights;

namespace BertCompiler;

/// <summary>
/// A compiled extractive question answerer: where in a context the answer to a question stands (Devlin et al. 2019, §4.2, §4.3). A context
/// longer than a window is read in windows that overlap; nothing is cut off.
/// </summary>
/// <inheritdoc/>
public abstract class QuestionAnswerer : HeadModel
{
    private const int UsualLength = 384;
    private const int UsualStride = 128;

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected QuestionAnswerer(PackedWeights weights, ModelFacts facts, HeadFacts head, LoadOptions? options) : base(weights, facts, head, options)
    {
    }

    /// <summary>The likeliest answers, as transformers' question answering pipeline finds them.</summary>
    /// <param name="question">The question.</param>
    /// <param name="context">The text that may hold the answer.</param>
    /// <param name="options">How; null: the pipeline's defaults.</param>
    /// <returns>At most <see cref="AnswerOptions.Top"/> answers, best first; none where the context has no token.</returns>
    /// <exception cref="ArgumentException">An empty context, or options out of range.</exception>
    /// <exception cref="TruncationException">The question leaves a window no room for the context.</exception>
    public IReadOnlyList<Answer> Answer(string question, string context, AnswerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentException.ThrowIfNullOrEmpty(context);
        AnswerOptions how = options ?? new AnswerOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(how.Top, 1, nameof(options) + "." + nameof(how.Top));
        ArgumentOutOfRangeException.ThrowIfLessThan(how.MaxAnswerTokens, 1, nameof(options) + "." + nameof(how.MaxAnswerTokens));
        IReadOnlyList<TokenEncoding> windows = ContextWindows(question, context, how);
        var answers = new PipelineAnswers(context, how, Tokenizer.ClsId);
        RunSpans(windows, (i, start, end) => answers.Add(windows[i].Tokens, start, end));
        return answers.Take();
    }

    /// <summary>
    /// The best answer by the rules of BERT's SQuAD script (google-research/bert, <c>run_squad.py</c>, as in transformers'
    /// <c>squad_metrics</c>): n best starts and ends by logit, windows with the most context, projection to the original words.
    /// </summary>
    /// <param name="question">The question.</param>
    /// <param name="context">The text that may hold the answer.</param>
    /// <param name="options">How; null: the script's defaults.</param>
    /// <exception cref="ArgumentException">Options out of range.</exception>
    /// <exception cref="TruncationException">The question leaves a window no room for the context; or it was cut and <see cref="LoadOptions.Truncation"/> says Error.</exception>
    public SquadAnswer AnswerSquad(string question, string context, SquadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(context);
        SquadOptions how = (options ?? new SquadOptions()).Checked(CheckedLength(options?.MaxLength ?? Math.Min(UsualLength, Facts.MaxTokens), pair: true));
        var document = new SquadDocument(context, Tokenizer, how.LowerCase);
        IReadOnlyList<SquadFeature> features = SquadFeature.Of(question, document, how, Tokenizer);
        if (features[0].QuestionTruncated && Refuses()) throw TooLongToAsk(question, how.MaxQueryLength);
        var decoder = new SquadDecoder(document, features, how);
        RunSpans(features.Count, i => features[i].Encoding, decoder.Add);
        return decoder.Take();
    }

    private IReadOnlyList<TokenEncoding> ContextWindows(string question, string context, AnswerOptions options)
    {
        int most = CheckedLength(options.MaxLength ?? Math.Min(UsualLength, Facts.MaxTokens), pair: true);
        int shared = options.DocStride ?? Math.Min(most / 2, UsualStride);
        if (shared < 0 || shared >= most) throw new ArgumentException($"windows of {most} tokens cannot share {shared}", nameof(options));
        try
        {
            return Windows(Tokenizer.Encode(question, context, new EncodeOptions { Truncation = TruncationStrategy.OnlySecond, MaxLength = most, Stride = shared }));
        }
        catch (TruncationException e)
        {
            int length = Tokenizer.Encode(question, options: new EncodeOptions { AddSpecialTokens = false }).Count;
            throw new TruncationException($"the question has {length} tokens: with {Tokenizer.SpecialTokenCount(pair: true)} special tokens and {shared} tokens that windows share, a window of {most} has no room for the context; shorten the question or share less", nameof(question), length, Math.Max(0, most - Tokenizer.SpecialTokenCount(pair: true) - shared - 1), e);
        }
    }

    private TruncationException TooLongToAsk(string question, int most)
    {
        int length = Tokenizer.Encode(question, options: new EncodeOptions { AddSpecialTokens = false }).Count;
        return new TruncationException($"the question has {length} tokens; {nameof(SquadOptions.MaxQueryLength)} is {most}: shorten it, or allow a cut", nameof(question), length, most);
    }

    private void RunSpans(IReadOnlyList<TokenEncoding> windows, SpanReader reader) => RunSpans(windows.Count, i => windows[i], reader);

    /// <summary>Runs windows and hands over each one's start and end logits. All starts of a group come before its ends.</summary>
    private void RunSpans(int count, Func<int, TokenEncoding> encode, SpanReader reader)
    {
        var starts = new float[count][];
        float[] end = [];
        RunEach(
            count,
            i =>
            {
                TokenEncoding encoding = encode(i);
                starts[i] = new float[encoding.Count];
                return encoding;
            },
            (output, window, token, logits) =>
            {
                if (output == "start_logits")
                {
                    starts[window][token] = logits[0];
                    return;
                }

                if (token == 0) end = new float[starts[window].Length];
                end[token] = logits[0];
                if (token + 1 == end.Length) reader(window, starts[window], end);
            },
            "start_logits",
            "end_logits");
    }
}
