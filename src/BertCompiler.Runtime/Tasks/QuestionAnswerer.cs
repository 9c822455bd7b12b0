using BertCompiler.Tasks;
using BertCompiler.Tokenization;

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
    protected QuestionAnswerer(EncoderProgram program, ModelFacts facts, HeadFacts head, LoadOptions? options) : base(program, facts, head, options)
    {
    }

    /// <summary>The likeliest answers, as transformers' question answering pipeline finds them.</summary>
    /// <param name="question">The question.</param>
    /// <param name="context">The text that may hold the answer.</param>
    /// <param name="options">How; null: the pipeline's defaults.</param>
    /// <param name="progress">Told of windows that are done.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    /// <returns>At most <see cref="AnswerOptions.Top"/> answers, best first; none where the context has no token.</returns>
    /// <exception cref="ArgumentException">An empty context, or options out of range.</exception>
    /// <exception cref="TruncationException">The question leaves a window no room for the context.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public IReadOnlyList<Answer> Answer(string question, string context, AnswerOptions? options = null, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentException.ThrowIfNullOrEmpty(context);
        AnswerOptions how = Checked(options);
        return RunWindows(1, _ => Read(question, context, how, cancellationToken), new(progress, cancellationToken))[0];
    }

    /// <summary>The likeliest answers to many questions, each in its own context.</summary>
    /// <param name="questions">The questions, N of them; none gives an empty list.</param>
    /// <param name="contexts">The texts that may hold the answers, N.</param>
    /// <param name="options">How; null: the pipeline's defaults.</param>
    /// <param name="progress">Told of texts that are done.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    /// <returns>For each question at most <see cref="AnswerOptions.Top"/> answers, best first.</returns>
    /// <exception cref="ArgumentException">Lists of different lengths, a null question, a null or empty context, or options out of range.</exception>
    /// <exception cref="TruncationException">A question leaves a window no room for the context.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public IReadOnlyList<IReadOnlyList<Answer>> Answer(
        IReadOnlyList<string> questions, IReadOnlyList<string> contexts, AnswerOptions? options = null, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(contexts);
        if (questions.Count != contexts.Count) throw new ArgumentException($"{contexts.Count} contexts for {questions.Count} questions", nameof(contexts));
        AnswerOptions how = Checked(options);
        return RunWindows(questions.Count, Open, new(progress, cancellationToken));

        WindowedReading<IReadOnlyList<Answer>> Open(int i)
        {
            string context = TextAt(contexts, i, nameof(contexts));
            if (context.Length == 0) throw new ArgumentException($"context {i} is empty", nameof(contexts));
            return Read(TextAt(questions, i, nameof(questions)), context, how, cancellationToken);
        }
    }

    /// <summary>
    /// The best answer by the rules of BERT's SQuAD script (google-research/bert, <c>run_squad.py</c>, as in transformers'
    /// <c>squad_metrics</c>): n best starts and ends by logit, windows with the most context, projection to the original words.
    /// </summary>
    /// <param name="question">The question.</param>
    /// <param name="context">The text that may hold the answer.</param>
    /// <param name="options">How; null: the script's defaults.</param>
    /// <param name="progress">Told of windows that are done.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    /// <exception cref="ArgumentException">Options out of range.</exception>
    /// <exception cref="TruncationException">The question leaves a window no room for the context; or it was cut and <see cref="LoadOptions.Truncation"/> says Error.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public SquadAnswer AnswerSquad(string question, string context, SquadOptions? options = null, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(context);
        SquadOptions how = (options ?? new SquadOptions()).Checked(CheckedLength(options?.MaxLength ?? Math.Min(UsualLength, Facts.MaxTokens), pair: true));
        return RunWindows(1, _ => ReadSquad(question, context, how, cancellationToken), new(progress, cancellationToken))[0];
    }

    private static AnswerOptions Checked(AnswerOptions? options)
    {
        AnswerOptions how = options ?? new AnswerOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(how.Top, 1, nameof(options) + "." + nameof(how.Top));
        ArgumentOutOfRangeException.ThrowIfLessThan(how.MaxAnswerTokens, 1, nameof(options) + "." + nameof(how.MaxAnswerTokens));
        return how;
    }

    private SpanReading<IReadOnlyList<Answer>> Read(string question, string context, AnswerOptions options, CancellationToken cancellation)
    {
        IReadOnlyList<TokenEncoding> windows = ContextWindows(question, context, options, cancellation);
        var answers = new PipelineAnswers(context, options, Tokenizer.ClsId);
        return new(windows.Count, i => windows[i], (i, start, end) => answers.Add(windows[i].Tokens, start, end), answers.Take);
    }

    private SpanReading<SquadAnswer> ReadSquad(string question, string context, SquadOptions options, CancellationToken cancellation)
    {
        var document = new SquadDocument(context, Tokenizer, options.LowerCase, cancellation);
        IReadOnlyList<SquadFeature> features = SquadFeature.Of(question, document, options, Tokenizer);
        if (features[0].QuestionTruncated && Refuses()) throw TooLongToAsk(question, options.MaxQueryLength);
        var decoder = new SquadDecoder(document, features, options);
        return new(features.Count, i => features[i].Encoding, decoder.Add, decoder.Take);
    }

    private IReadOnlyList<TokenEncoding> ContextWindows(string question, string context, AnswerOptions options, CancellationToken cancellation)
    {
        int most = CheckedLength(options.MaxLength ?? Math.Min(UsualLength, Facts.MaxTokens), pair: true);
        int shared = options.DocStride ?? Math.Min(most / 2, UsualStride);
        if (shared < 0 || shared >= most) throw new ArgumentException($"windows of {most} tokens cannot share {shared}", nameof(options));
        try
        {
            return Windows(Tokenizer.Encode(question, context, new EncodeOptions { Truncation = TruncationStrategy.OnlySecond, MaxLength = most, Stride = shared }, cancellation));
        }
        catch (TruncationException e)
        {
            int length = Tokenizer.Encode(question, options: new EncodeOptions { AddSpecialTokens = false }, cancellationToken: cancellation).Count;
            throw new TruncationException($"the question has {length} tokens: with {Tokenizer.SpecialTokenCount(pair: true)} special tokens and {shared} tokens that windows share, a window of {most} has no room for the context; shorten the question or share less", nameof(question), length, Math.Max(0, most - Tokenizer.SpecialTokenCount(pair: true) - shared - 1), e);
        }
    }

    private TruncationException TooLongToAsk(string question, int most)
    {
        int length = Tokenizer.Encode(question, options: new EncodeOptions { AddSpecialTokens = false }).Count;
        return new TruncationException($"the question has {length} tokens; {nameof(SquadOptions.MaxQueryLength)} is {most}: shorten it, or allow a cut", nameof(question), length, most);
    }
}
