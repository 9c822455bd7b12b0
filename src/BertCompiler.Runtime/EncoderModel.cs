using BertCompiler.Kernels;
using BertCompiler.Tokenization;
using BertCompiler.Weights;

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

    private readonly Stack<Workspace> _idle = new();
    private readonly Lock _gate = new();
    private readonly Tokenizer? _tokenizer;
    private readonly EncodeOptions _cutRight;
    private readonly OwnedCrew? _ownCrew;
    private readonly bool _refusesLong;
    private bool _disposed;
    private int _running;

    /// <summary>Takes over the weights.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected EncoderModel(PackedWeights weights, ModelFacts facts, LoadOptions? options)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Weights = weights;
        Facts = facts;
        _refusesLong = options?.Truncation == Truncation.Error;
        _cutRight = new EncodeOptions { Truncation = TruncationStrategy.LongestFirst, MaxLength = facts.MaxTokens };
        try
        {
            if (options is { Crew: not null, MaxThreads: not null }) throw new ArgumentException($"{nameof(LoadOptions.Crew)} and {nameof(LoadOptions.MaxThreads)} both say how many threads there are: give one of them", nameof(options));
            _ownCrew = options?.MaxThreads is { } threads ? new OwnedCrew(threads) : null;
            Crew = _ownCrew?.Crew ?? options?.Crew ?? Crew.Shared;
            _tokenizer = weights.TokenizerBytes == 0 || facts.Pipeline is null ? null : Tokenizer.OpenShared(weights, facts.Pipeline);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>Sizes and identity.</summary>
    public ModelFacts Facts { get; }

    /// <summary>The model's tokenizer.</summary>
    /// <exception cref="InvalidOperationException">The model's folder had none: the class takes ids only.</exception>
    public Tokenizer Tokenizer => _tokenizer ?? throw new InvalidOperationException($"{Facts.Name} was compiled from a folder without a tokenizer: it takes token ids only");

    /// <summary>The threads that kernels run on.</summary>
    private protected Crew Crew { get; }

    /// <summary>The packed weights.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected PackedWeights Weights { get; }

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
            Run(work, outputs);
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

    /// <summary>Ids → hidden states [T,H] of the last layer.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract Rows Forward(TokenBatch batch, Workspace work, IModelOutputs? outputs);

    /// <summary>Hidden states → the model's own results.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void ComputeResults(TokenBatch batch, Workspace work, IModelOutputs outputs);

    /// <summary>A packed matrix of the weights, by its byte offset.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected PackedMatrix Matrix(long at, int inputs, int outputs) => Weights.Matrix(at, inputs, outputs);

    /// <summary>A packed vector of the weights, by its byte offset.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected PackedVector Vector(long at, int length) => Weights.Vector(at, length);

    /// <summary>A packed table of the weights, by its byte offset.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected PackedTable Table(long at, int rows, int columns) => Weights.Table(at, rows, columns);

    /// <summary>Frees what the model holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        bool isLast;
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            isLast = _running == 0;
            while (_idle.TryPop(out Workspace? work)) work.Dispose();
        }

        _ownCrew?.Dispose();

        // A running call may have texts to tokenize yet: it is the last one out that closes the packed file.
        if (isLast) Weights.Dispose();
    }

    /// <summary>Begins a call: memory of its own, and weights that stay mapped until <see cref="Return"/>.</summary>
    private protected Workspace Rent(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Workspace? work;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed || !Weights.Memory.TryEnter(), this);
            _running++;
            _idle.TryPop(out work);
        }

        work ??= new Workspace();
        work.Crew = new(Crew, cancellationToken);
        return work;
    }

    /// <summary>Ends a call.</summary>
    private protected void Return(Workspace work)
    {
        bool kept;
        bool isLast;
        work.Crew = default;
        lock (_gate)
        {
            kept = !_disposed;
            isLast = --_running == 0 && _disposed;
            if (kept) _idle.Push(work);
        }

        if (!kept) work.Dispose();
        Weights.Memory.Leave();
        if (isLast) Weights.Dispose();
    }

    /// <summary>Runs the sequences of a workspace's own batch.</summary>
    private protected void Run(Workspace work, IModelOutputs outputs)
    {
        Check(work.Batch);
        Forward(work.Batch, work, outputs);
        ComputeResults(work.Batch, work, outputs);
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

                Check(batch);
                Rows hidden = Forward(batch, work, outputs: null);
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
    private protected void Check(TokenBatch batch)
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
