using BertCompiler.Kernels;
using BertCompiler.Tokenization;
using BertCompiler.Weights;

namespace BertCompiler;

/// <summary>
/// What computes a compiled model: the weights, the memory of its runs, the threads, and the steps from ids to results. Typed classes, all of
/// which are an <see cref="EncoderModel"/>, make of its numbers what their users ask for, and do not know how it computes.
/// </summary>
/// <remarks>
/// <para>
/// A run: a workspace is rented, its batch filled, <see cref="Encode"/> computes the hidden states, and each result that is wanted is asked for
/// by its own method. Between the two, hidden states lie where the program likes; a result is rows that the CPU can read, good until the next
/// one is asked for or the workspace is returned.
/// </para>
/// <para>
/// Safe for several threads at once: each run has a workspace of its own from a pool. Disposing of the program while runs go on is safe: they end
/// well, later ones are refused, and the last one out unmaps the weights.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EncoderProgram : IDisposable
{
    private readonly Stack<Workspace> _idle = new();
    private readonly Lock _gate = new();
    private readonly OwnedCrew? _ownCrew;
    private bool _disposed;
    private int _running;

    /// <summary>Takes over the weights.</summary>
    /// <param name="weights">The packed weights; disposed of also where this fails.</param>
    /// <param name="options">How many threads may work; null: the process's crew.</param>
    /// <exception cref="ArgumentException">The options name the threads twice.</exception>
    protected EncoderProgram(PackedWeights weights, LoadOptions? options)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Weights = weights;
        if (options is { Crew: not null, MaxThreads: not null })
        {
            weights.Dispose();
            throw new ArgumentException($"{nameof(LoadOptions.Crew)} and {nameof(LoadOptions.MaxThreads)} both say how many threads there are: give one of them", nameof(options));
        }

        _ownCrew = options?.MaxThreads is { } threads ? new OwnedCrew(threads) : null;
        Crew = _ownCrew?.Crew ?? options?.Crew ?? Crew.Shared;
    }

    /// <summary>The threads that kernels run on.</summary>
    internal Crew Crew { get; }

    /// <summary>The packed weights.</summary>
    internal PackedWeights Weights { get; }

    /// <summary>Ids → hidden states of the last layer, which the results below are computed from.</summary>
    /// <param name="batch">The sequences of the run; ids, types and positions have rows in the tables.</param>
    /// <param name="work">Memory of the run.</param>
    /// <param name="outputs">Takes what the program was compiled to hand out on the way (taps); null: nobody asked.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public abstract void Encode(TokenBatch batch, Workspace work, IModelOutputs? outputs);

    /// <summary>Hidden states of the last layer, [T,H].</summary>
    /// <inheritdoc cref="SequenceLogits"/>
    public abstract Rows TokenStates(TokenBatch batch, Workspace work);

    /// <summary>One vector a sequence, as the model's sentence-transformers modules say, [B, FullDimension].</summary>
    /// <param name="batch">The sequences that were encoded, each behind the same prompt.</param>
    /// <param name="work">Memory of the run.</param>
    /// <param name="promptTokens">How many tokens at the beginning of each sequence pooling leaves out.</param>
    /// <exception cref="NotSupportedException">The model has no such result.</exception>
    public virtual Rows SentenceEmbeddings(TokenBatch batch, Workspace work, int promptTokens) => throw None("vector for each sequence");

    /// <summary>The head's scores of each sequence, [B, columns].</summary>
    /// <param name="batch">The sequences that were encoded.</param>
    /// <param name="work">Memory of the run.</param>
    /// <exception cref="NotSupportedException">The model has no such result.</exception>
    public virtual Rows SequenceLogits(TokenBatch batch, Workspace work) => throw None("scores of a sequence");

    /// <summary>The head's scores of every token, [T, columns]; of a span head column 0 is the start, column 1 the end.</summary>
    /// <inheritdoc cref="SequenceLogits"/>
    public virtual Rows TokenLogits(TokenBatch batch, Workspace work) => throw None("scores of a token");

    /// <summary>
    /// A score for every word of the vocabulary at some tokens, [S,V]. A vocabulary is wide: at every token of a text this is a quarter of all
    /// the work of BERT-base, so only those that are wanted are computed.
    /// </summary>
    /// <param name="batch">The sequences that were encoded.</param>
    /// <param name="work">Memory of the run.</param>
    /// <param name="tokens">Which tokens of the batch, [S], each from 0 to T−1; <see cref="Workspace.EveryToken"/> names all.</param>
    /// <exception cref="NotSupportedException">The model has no such result.</exception>
    public virtual Rows VocabularyLogits(TokenBatch batch, Workspace work, ReadOnlySpan<int> tokens) => throw None("scores of the vocabulary");

    /// <summary>Hands over all results by their Hugging Face names: for tools and analyses.</summary>
    /// <param name="batch">The sequences that were encoded.</param>
    /// <param name="work">Memory of the run.</param>
    /// <param name="outputs">Takes the results.</param>
    public abstract void Deliver(TokenBatch batch, Workspace work, IModelOutputs outputs);

    /// <summary>Refuses new runs; memory and weights go when the last one has ended.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A packed matrix of the weights, by its byte offset.</summary>
    protected PackedMatrix Matrix(long at, int inputs, int outputs) => Weights.Matrix(at, inputs, outputs);

    /// <summary>A packed vector of the weights, by its byte offset.</summary>
    protected PackedVector Vector(long at, int length) => Weights.Vector(at, length);

    /// <summary>A packed table of the weights, by its byte offset.</summary>
    protected PackedTable Table(long at, int rows, int columns) => Weights.Table(at, rows, columns);

    /// <summary>Frees what the program holds.</summary>
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

    /// <summary>The tokenizer that lies beside the weights and ends with them; null: there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    internal Tokenizer? OpenTokenizer(Func<TokenizerTables, TokenizerPipeline>? pipeline) =>
        Weights.TokenizerBytes == 0 || pipeline is null ? null : Tokenizer.OpenShared(Weights, pipeline);

    /// <summary>Begins a run: memory of its own, and weights that stay mapped until <see cref="Return"/>.</summary>
    /// <param name="model">The object that its user knows, named where it was disposed of.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    internal Workspace Rent(EncoderModel model, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Workspace? work;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed || !Weights.Memory.TryEnter(), model);
            _running++;
            _idle.TryPop(out work);
        }

        work ??= new Workspace();
        work.Crew = new(Crew, cancellationToken);
        return work;
    }

    /// <summary>Ends a run.</summary>
    internal void Return(Workspace work)
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

    private NotSupportedException None(string what) => new($"{GetType().FullName} computes no {what}");
}
