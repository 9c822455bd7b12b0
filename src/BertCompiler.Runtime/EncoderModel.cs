using BertCompiler.Kernels;
using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>
/// A compiled encoder: what every generated class is. Code that works with any model (batch tools, analyses, topic models) takes this type.
/// </summary>
/// <remarks>
/// Safe for several threads at once: each call takes a workspace of its own from a pool. Disposing of the model while calls run is safe: they
/// end well, later ones give an <see cref="ObjectDisposedException"/>, and the last one out unmaps the weights.
/// </remarks>
public abstract class EncoderModel : IDisposable
{
    // Activations of this many tokens stay in a second-level cache; more at once gains nothing and costs memory.
    private protected const int TokensAtOnce = 512;

    private readonly Tokenizer? _tokenizer;
    private readonly EncodeOptions _cutRight;
    private readonly bool _refusesLong;

    /// <summary>Takes over the program.</summary>
    /// <param name="program">What computes the model; disposed of with it, also where this fails.</param>
    /// <param name="facts">Sizes and identity.</param>
    /// <param name="options">What to do with texts that are too long.</param>
    /// <exception cref="InvalidDataException">The tokenizer is damaged.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected EncoderModel(EncoderProgram program, ModelFacts facts, LoadOptions? options)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(facts);
        Program = program;
        Facts = facts;
        _refusesLong = options?.Truncation == Truncation.Error;
        _cutRight = new EncodeOptions { Truncation = TruncationStrategy.LongestFirst, MaxLength = facts.MaxTokens };
        try
        {
            _tokenizer = program.OpenTokenizer(facts.Pipeline);
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    /// <summary>Sizes and identity.</summary>
    public ModelFacts Facts { get; }

    /// <summary>The model's tokenizer.</summary>
    /// <exception cref="InvalidOperationException">The model's folder had none: the class takes ids only.</exception>
    public Tokenizer Tokenizer => _tokenizer ?? throw new InvalidOperationException($"{Facts.Name} was compiled from a folder without a tokenizer: it takes token ids only");

    /// <summary>What computes the model.</summary>
    internal EncoderProgram Program { get; }

    /// <summary>Runs the model on token ids and hands over all of its results (and those taps that it was compiled with).</summary>
    /// <param name="batch">The sequences, without padding.</param>
    /// <param name="outputs">Takes the results.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    /// <exception cref="ArgumentException">An id, type or position that the model has no row for, or an empty batch.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Run(TokenBatch batch, IModelOutputs outputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(outputs);
        Workspace work = Rent(cancellationToken);
        try
        {
            work.Batch.CopyFrom(batch);
            Compute(work, outputs);
            Program.Deliver(work.Batch, work, outputs);
        }
        finally
        {
            Return(work);
        }
    }

    /// <summary>Hidden states of the last layer for one text, with the tokens and their places in the text.</summary>
    /// <param name="text">The text; special tokens written in it count as such, as in Hugging Face.</param>
    /// <param name="truncation">What to do with a text that is too long.</param>
    /// <returns>Hidden states [T,H] in memory of their own.</returns>
    /// <exception cref="TruncationException">The text is too long and <paramref name="truncation"/>, or <see cref="LoadOptions.Truncation"/>, says Error.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public TokenStates Encode(string text, Truncation truncation = Truncation.Right)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Encode([text], truncation, nameof(text), progress: null, CancellationToken.None)[0];
    }

    /// <summary>Hidden states of the last layer for many texts. Each has the bits that it would have alone.</summary>
    /// <param name="texts">The texts; none gives an empty list.</param>
    /// <param name="truncation">What to do with a text that is too long.</param>
    /// <param name="progress">Told of texts that are done.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    /// <returns>For each text its hidden states [T,H], in memory of their own.</returns>
    /// <exception cref="ArgumentException">A null text.</exception>
    /// <exception cref="TruncationException">A text is too long and <paramref name="truncation"/>, or <see cref="LoadOptions.Truncation"/>, says Error.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<TokenStates> Encode(
        IReadOnlyList<string> texts, Truncation truncation = Truncation.Right, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Encode(texts, truncation, nameof(texts), progress, cancellationToken);
    }

    /// <summary>For people: <c>all-MiniLM-L6-v2: BertModel, 6 layers × 384, …</c>.</summary>
    public override string ToString() => Facts.ToString();

    /// <summary>Refuses new calls; memory and weights go when the running ones have ended.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the model holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing) Program.Dispose();
    }

    /// <summary>Begins a call: memory of its own, and weights that stay mapped until <see cref="Return"/>.</summary>
    private protected Workspace Rent(CancellationToken cancellationToken = default) => Program.Rent(this, cancellationToken);

    /// <summary>Ends a call.</summary>
    private protected void Return(Workspace work) => Program.Return(work);

    /// <summary>Computes the hidden states of a workspace's own batch; results are then asked of <see cref="Program"/>.</summary>
    private protected void Compute(Workspace work, IModelOutputs? outputs = null)
    {
        Check(work.Batch);
        Program.Encode(work.Batch, work, outputs);
    }

    /// <summary>Whether a text that is too long is refused: the call says so, or the model was loaded so.</summary>
    private protected bool Refuses(Truncation truncation = Truncation.Right) => _refusesLong || truncation == Truncation.Error;

    /// <summary>The error of a text, or a pair, that must not be cut.</summary>
    /// <param name="text">The text.</param>
    /// <param name="argument">The caller's argument.</param>
    /// <param name="index">Which of several texts it is; null: the only one.</param>
    /// <param name="pair">The second text, or null.</param>
    /// <param name="maxTokens">The most tokens; null: what the model reads.</param>
    private protected TruncationException TooLong(string text, string argument, int? index = null, string? pair = null, int? maxTokens = null)
    {
        string what = (index, pair) switch
        {
            (null, null) => "the text has",
            (null, _) => "the two texts have",
            (_, null) => $"text {index} has",
            _ => $"pair {index} has",
        };
        return TooLong(what, Tokenizer.Encode(text, pair).Count, maxTokens ?? Facts.MaxTokens, argument, index);
    }

    /// <inheritdoc cref="TooLong(string, string, int?, string?, int?)"/>
    private protected TruncationException TooLong(string what, int count, int maxTokens, string argument, int? index = null)
    {
        string reads = maxTokens == Facts.MaxTokens ? $"{Facts.Name} reads {maxTokens}" : $"{maxTokens} are to be read";
        return new($"{what} {count} tokens with the special tokens; {reads}: shorten, split, or allow a cut", argument, count, maxTokens) { TextIndex = index };
    }

    private TokenStates[] Encode(IReadOnlyList<string> texts, Truncation truncation, string argument, IProgress<BatchProgress>? progress, CancellationToken cancellationToken)
    {
        var states = new TokenStates[texts.Count];
        Workspace work = Rent(cancellationToken);
        try
        {
            for (int done = 0; done < states.Length; progress?.Report(new BatchProgress(done, states.Length)))
            {
                int first = done;
                var encodings = new List<TokenEncoding>();
                TokenBatch batch = work.Batch;
                for (batch.Clear(); done < states.Length && batch.TokenCount < TokensAtOnce; done++)
                {
                    string text = texts[done] ?? throw new ArgumentException($"text {done} is null", argument);
                    TokenEncoding encoding = Tokenizer.Encode(text, options: _cutRight, cancellationToken: cancellationToken);
                    if (encoding.IsTruncated && Refuses(truncation)) throw TooLong(text, argument, states.Length > 1 ? done : null);
                    encodings.Add(encoding);
                    batch.Add(encoding.Ids(), encoding.TypeIds());
                }

                Compute(work);
                Rows hidden = Program.TokenStates(batch, work);
                for (int i = 0; i < batch.Count; i++) states[first + i] = new TokenStates(encodings[i], hidden.Slice(batch.Offsets[i], batch.LengthOf(i)));
            }
        }
        finally
        {
            Return(work);
        }

        return states;
    }

    /// <summary>
    /// Before a table is read by them: ids come from the caller, or from a packed vocabulary, which may be damaged where nobody asked for
    /// <see cref="LoadOptions.VerifyContent"/>.
    /// </summary>
    private void Check(TokenBatch batch)
    {
        if (batch.Count == 0) throw new ArgumentException("the batch has no sequence", nameof(batch));
        Check(batch.Ids, Facts.Vocabulary, "id", nameof(batch));
        if (Facts.TokenTypes > 0) Check(batch.TypeIds, Facts.TokenTypes, "token type id", nameof(batch));
        if (Facts.TaskTypes > 0) Check(batch.TaskTypeIds, Facts.TaskTypes, "task type id", nameof(batch));
        if (Facts.Positions > 0) Check(batch.Positions, Facts.Positions, "position", nameof(batch));
    }

    private void Check(ReadOnlySpan<int> values, int limit, string what, string argument)
    {
        foreach (int value in values)
        {
            if ((uint)value >= (uint)limit) throw new ArgumentException($"{what} {value}: {Facts.Name} has the rows 0 … {limit - 1}", argument);
        }
    }
}
