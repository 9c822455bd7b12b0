using BertCompiler.Kernels;
using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>A compiled sentence embedder: text → one vector, as the model's sentence-transformers modules say.</summary>
/// <inheritdoc/>
public abstract class SentenceEncoder : EncoderModel, ISentenceEncoder
{
    private static readonly EmbedOptions _refuseLong = new() { Truncation = Truncation.Error };

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected SentenceEncoder(EncoderProgram program, ModelFacts facts, SentenceFacts sentence, LoadOptions? options) : base(program, facts, options)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        Sentence = sentence;
    }

    /// <summary>What the model's folder says of prompts and similarity.</summary>
    public SentenceFacts Sentence { get; }

    /// <summary>
    /// The embedding of one text, behind the model's default prompt where it has one. Of a text longer than the model reads, the beginning is
    /// embedded, as in sentence-transformers, and a bare array cannot say so. Who needs to know loads the model with
    /// <see cref="LoadOptions.Truncation"/> = Error, says <see cref="Truncation.Error"/> in the call, or takes
    /// <see cref="Embed(ReadOnlySpan{char}, Span{float})"/>, whose result says what was cut.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>A vector of <see cref="ModelFacts.Dimension"/> numbers.</returns>
    /// <exception cref="TruncationException">The text is too long and <see cref="LoadOptions.Truncation"/> says Error.</exception>
    public float[] Embed(string text) => Embed(text, EmbedOptions.Default);

    /// <summary>The embedding of one text, behind the model's default prompt where it has one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="truncation">What to do with a text that is too long.</param>
    /// <returns>A vector of <see cref="ModelFacts.Dimension"/> numbers.</returns>
    /// <exception cref="TruncationException">The text is too long and <paramref name="truncation"/>, or <see cref="LoadOptions.Truncation"/>, says Error.</exception>
    public float[] Embed(string text, Truncation truncation) => Embed(text, OptionsFor(truncation));

    /// <summary>The embedding of one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Prompt, length and normalisation.</param>
    /// <returns>A vector of <see cref="DimensionOf"/> numbers.</returns>
    /// <exception cref="ArgumentException">An option that the model cannot meet.</exception>
    /// <exception cref="TruncationException">The text is too long and the options, or <see cref="LoadOptions.Truncation"/>, say Error.</exception>
    public float[] Embed(string text, EmbedOptions options)
    {
        ArgumentNullException.ThrowIfNull(text);
        var vector = new float[DimensionOf(options)];
        Embed(text.AsSpan(), vector, options);
        return vector;
    }

    /// <summary>The embedding of one text, into memory of the caller's; allocates nothing once the workspace has grown. A text that is too long is cut.</summary>
    /// <param name="text">The text.</param>
    /// <param name="destination">At least <see cref="ModelFacts.Dimension"/> floats.</param>
    /// <returns>How many tokens were read, and whether the text was cut (<c>Truncated</c> is 1).</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public EmbedResult Embed(ReadOnlySpan<char> text, Span<float> destination) => Embed(text, destination, EmbedOptions.Default);

    /// <summary>The embedding of one text, into memory of the caller's; allocates nothing once the workspace has grown.</summary>
    /// <param name="text">The text.</param>
    /// <param name="destination">At least <see cref="ModelFacts.Dimension"/> floats.</param>
    /// <param name="truncation">What to do with a text that is too long.</param>
    /// <returns>How many tokens were read, and whether the text was cut (<c>Truncated</c> is 1).</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    /// <exception cref="TruncationException">The text is too long and <paramref name="truncation"/>, or <see cref="LoadOptions.Truncation"/>, says Error.</exception>
    public EmbedResult Embed(ReadOnlySpan<char> text, Span<float> destination, Truncation truncation) =>
        Embed(text, destination, OptionsFor(truncation));

    /// <summary>The embedding of one text, into memory of the caller's; allocates nothing once the workspace has grown.</summary>
    /// <param name="text">The text.</param>
    /// <param name="destination">At least <see cref="DimensionOf"/> floats.</param>
    /// <param name="options">Prompt, length and normalisation.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    /// <returns>How many tokens were read, the prompt's included, and whether the text was cut (<c>Truncated</c> is 1).</returns>
    /// <exception cref="ArgumentException">A destination that is too short, or an option that the model cannot meet.</exception>
    /// <exception cref="TruncationException">The text is too long and the options, or <see cref="LoadOptions.Truncation"/>, say Error.</exception>
    public EmbedResult Embed(ReadOnlySpan<char> text, Span<float> destination, EmbedOptions options, CancellationToken cancellationToken = default)
    {
        int dimension = DimensionOf(options);
        CheckLength(destination.Length, 1, dimension, nameof(destination));
        string prompt = Sentence.PromptFor(options);
        Workspace work = Rent(cancellationToken);
        try
        {
            int skip = PromptTokens(prompt, work);
            TokenBatch batch = work.Batch;
            batch.Clear();
            int truncated = Append(prompt, text, work, options.Truncation, nameof(text), index: null) ? 1 : 0;
            Compute(work);
            Deliver(Program.SentenceEmbeddings(batch, work, skip), 0, destination[..dimension], options);
            return new EmbedResult(1, batch.TokenCount, truncated);
        }
        finally
        {
            Return(work);
        }
    }

    /// <summary>
    /// The embeddings of many texts, behind the model's default prompt where it has one. Each text is computed without padding and has the
    /// bits it would have alone; nothing is allocated for a text.
    /// </summary>
    /// <param name="texts">The texts, N of them.</param>
    /// <param name="destination">N × <see cref="ModelFacts.Dimension"/> floats, row by row.</param>
    /// <param name="truncation">What to do with a text that is too long.</param>
    /// <param name="truncated">N flags that say which texts were cut; empty: not wanted.</param>
    /// <param name="progress">Told of texts that are done.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer; rows of texts that were done stay written.</param>
    /// <returns>How many tokens were read and how many texts were cut.</returns>
    /// <exception cref="ArgumentException">A null text, or a destination that is too short.</exception>
    /// <exception cref="TruncationException">A text is too long and <paramref name="truncation"/>, or <see cref="LoadOptions.Truncation"/>, says Error.</exception>
    public EmbedResult Embed(
        IReadOnlyList<string> texts, Span<float> destination, Truncation truncation = Truncation.Right, Span<bool> truncated = default, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Embed(texts, destination, OptionsFor(truncation), truncated, progress, cancellationToken);

    /// <summary>The embeddings of many texts, each in an array of its own.</summary>
    /// <param name="texts">The texts, N of them; none gives an empty array.</param>
    /// <param name="options">Prompt, length and normalisation; null: <see cref="EmbedOptions.Default"/>.</param>
    /// <param name="progress">Told of texts that are done.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    /// <returns>N vectors of <see cref="DimensionOf"/> numbers.</returns>
    /// <exception cref="ArgumentException">A null text, or an option that the model cannot meet.</exception>
    /// <exception cref="TruncationException">A text is too long and the options, or <see cref="LoadOptions.Truncation"/>, say Error.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public float[][] Embed(IReadOnlyList<string> texts, EmbedOptions? options = null, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        EmbedOptions how = options ?? EmbedOptions.Default;
        var vectors = new float[texts.Count][];
        int dimension = DimensionOf(how);
        for (int i = 0; i < vectors.Length; i++) vectors[i] = new float[dimension];
        Embed(texts, new VectorRows(vectors), how, truncated: default, progress, cancellationToken);
        return vectors;
    }

    /// <summary>The embeddings of many texts, as <see cref="Embed(IReadOnlyList{string}, Span{float}, Truncation, Span{bool}, IProgress{BatchProgress}, CancellationToken)"/>, with options.</summary>
    /// <param name="texts">The texts, N of them.</param>
    /// <param name="destination">N × <see cref="DimensionOf"/> floats, row by row.</param>
    /// <param name="options">Prompt, length and normalisation.</param>
    /// <param name="truncated">N flags that say which texts were cut; empty: not wanted.</param>
    /// <param name="progress">Told of texts that are done.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer; rows of texts that were done stay written.</param>
    /// <returns>How many tokens were read, the prompts' included, and how many texts were cut.</returns>
    /// <exception cref="ArgumentException">A null text, a destination that is too short, or an option that the model cannot meet.</exception>
    /// <exception cref="TruncationException">A text is too long and the options, or <see cref="LoadOptions.Truncation"/>, say Error.</exception>
    public EmbedResult Embed(
        IReadOnlyList<string> texts, Span<float> destination, EmbedOptions options, Span<bool> truncated = default, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        int dimension = DimensionOf(options);
        CheckLength(destination.Length, texts.Count, dimension, nameof(destination));
        return Embed(texts, new VectorRows(destination, dimension), options, truncated, progress, cancellationToken);
    }

    /// <summary>
    /// The embedding of a question or search: behind the prompt <c>query</c>, where the model has one, and never behind the default prompt
    /// (sentence-transformers, <c>encode_query</c>). Many at once: <c>Embed(texts, destination, EmbedOptions.Query)</c>.
    /// </summary>
    /// <inheritdoc cref="Embed(string, EmbedOptions)"/>
    public float[] EmbedQuery(string text) => Embed(text, EmbedOptions.Query);

    /// <summary>
    /// The embedding of something to be found: behind the prompt <c>document</c>, where the model has one, and never behind the default
    /// prompt (sentence-transformers, <c>encode_document</c>). Many at once: <c>Embed(texts, destination, EmbedOptions.Document)</c>.
    /// </summary>
    /// <inheritdoc cref="Embed(string, EmbedOptions)"/>
    public float[] EmbedDocument(string text) => Embed(text, EmbedOptions.Document);

    /// <summary>This encoder with options that every call uses, for code that takes an <see cref="ISentenceEncoder"/>: <c>model.With(EmbedOptions.Query)</c>.</summary>
    /// <param name="options">Prompt, length and normalisation.</param>
    /// <returns>It works as long as this model is not disposed of.</returns>
    /// <exception cref="ArgumentException">An option that the model cannot meet.</exception>
    public ISentenceEncoder With(EmbedOptions options)
    {
        Sentence.PromptFor(options);
        return new ConfiguredEncoder(this, options);
    }

    /// <summary>How alike two embeddings are, by the model's own function (<see cref="SentenceFacts.Similarity"/>): greater is more alike.</summary>
    /// <param name="a">An embedding.</param>
    /// <param name="b">Another, of the same length.</param>
    /// <exception cref="ArgumentException">Lengths that differ.</exception>
    public float Similarity(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => VectorSimilarity.Compute(Sentence.Similarity, a, b);

    /// <summary>Numbers that an embedding has under these options.</summary>
    /// <exception cref="ArgumentException">Fewer than one number is asked for.</exception>
    public int DimensionOf(EmbedOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Dimensions is not { } wanted) return Facts.Dimension;
        if (wanted >= 1 && wanted <= Sentence.FullDimension) return wanted;
        throw new ArgumentException($"{nameof(EmbedOptions.Dimensions)} is {wanted}; {Facts.Name} gives 1 to {Sentence.FullDimension} numbers", nameof(options));
    }

    string ISentenceEncoder.Name => Facts.Name;

    string ISentenceEncoder.Identity => IdentityOf(EmbedOptions.Default);

    int ISentenceEncoder.Dimension => Facts.Dimension;

    int ISentenceEncoder.MaxTokens => Facts.MaxTokens;

    int ISentenceEncoder.CountTokens(ReadOnlySpan<char> text) => CountTokens(text, EmbedOptions.Default);

    EmbedResult ISentenceEncoder.Embed(ReadOnlySpan<char> text, Span<float> destination, CancellationToken cancellationToken) =>
        Embed(text, destination, EmbedOptions.Default, cancellationToken);

    EmbedResult ISentenceEncoder.Embed(IReadOnlyList<string> texts, Span<float> destination, IProgress<BatchProgress>? progress, CancellationToken cancellationToken) =>
        Embed(texts, destination, EmbedOptions.Default, truncated: default, progress, cancellationToken);

    /// <summary>The weights' hash, and the number of dimensions where some are left out. Prompts leave vectors comparable: that is what they are for.</summary>
    internal string IdentityOf(EmbedOptions options) =>
        DimensionOf(options) == Facts.Dimension ? Facts.ContentHash : FormattableString.Invariant($"{Facts.ContentHash}/{DimensionOf(options)}");

    /// <summary>Tokens of a text behind its prompt.</summary>
    internal int CountTokens(ReadOnlySpan<char> text, EmbedOptions options)
    {
        string prompt = Sentence.PromptFor(options);
        return Tokenizer.Count(prompt.Length == 0 ? text : string.Concat(prompt, text));
    }

    /// <summary>
    /// How many tokens a prompt takes that pooling may leave out: those of the prompt alone, the template's first included, without a special
    /// token at its end (sentence-transformers, <c>_get_prompt_length</c>).
    /// </summary>
    internal int PromptLength(string prompt) => PromptLength(prompt, new TokenBatch());

    private static EmbedOptions OptionsFor(Truncation truncation) => truncation == Truncation.Error ? _refuseLong : EmbedOptions.Default;

    private static void Deliver(Rows embeddings, int row, Span<float> destination, EmbedOptions options)
    {
        embeddings[row][..destination.Length].CopyTo(destination);
        if (!options.Normalize) return;
        double squares = 0;
        foreach (float value in destination) squares += (double)value * value;
        float length = (float)Math.Max(Math.Sqrt(squares), 1e-12);
        foreach (ref float value in destination) value /= length;
    }

    private EmbedResult Embed(
        IReadOnlyList<string> texts, VectorRows destination, EmbedOptions options, Span<bool> truncated, IProgress<BatchProgress>? progress, CancellationToken cancellationToken)
    {
        if (!truncated.IsEmpty && truncated.Length < texts.Count) throw new ArgumentException($"{truncated.Length} flags for {texts.Count} texts", nameof(truncated));
        string prompt = Sentence.PromptFor(options);
        var total = new EmbedResult(texts.Count, 0, 0);
        Workspace work = Rent(cancellationToken);
        try
        {
            int skip = PromptTokens(prompt, work);
            for (int done = 0; done < texts.Count; progress?.Report(new BatchProgress(done, texts.Count)))
            {
                TokenBatch batch = work.Batch;
                batch.Clear();
                int first = done;
                for (; done < texts.Count && batch.TokenCount < TokensAtOnce; done++)
                {
                    string text = texts[done] ?? throw new ArgumentException($"text {done} is null", nameof(texts));
                    bool cut = Append(prompt, text, work, options.Truncation, nameof(texts), done);
                    if (cut) total = total with { Truncated = total.Truncated + 1 };
                    if (!truncated.IsEmpty) truncated[done] = cut;
                }

                Compute(work);
                Rows embeddings = Program.SentenceEmbeddings(batch, work, skip);
                for (int i = 0; i < batch.Count; i++) Deliver(embeddings, i, destination[first + i], options);
                total = total with { Tokens = total.Tokens + batch.TokenCount };
            }
        }
        finally
        {
            Return(work);
        }

        return total;
    }

    private static void CheckLength(int length, int texts, int dimension, string argument)
    {
        long needed = (long)texts * dimension;
        if (length < needed) throw new ArgumentException($"{texts} embeddings of {dimension} numbers need {needed} floats; {argument} has {length}", argument);
    }

    private int PromptTokens(string prompt, Workspace work) => Sentence.IncludePrompt || prompt.Length == 0 ? 0 : PromptLength(prompt, work.Batch);

    private int PromptLength(string prompt, TokenBatch batch)
    {
        batch.Clear();
        Tokenizer.Append(prompt, Facts.MaxTokens, batch);
        int last = batch.Ids[^1];
        bool special = last == Tokenizer.SepId || last == Tokenizer.ClsId || last == Tokenizer.UnknownId || last == Tokenizer.MaskId || last == Tokenizer.PadId;
        return special ? batch.TokenCount - 1 : batch.TokenCount;
    }

    private bool Append(string prompt, ReadOnlySpan<char> text, Workspace work, Truncation truncation, string argument, int? index)
    {
        ReadOnlySpan<char> whole = prompt.Length == 0 ? text : work.Join(prompt, text);
        bool cut = Tokenizer.Append(whole, Facts.MaxTokens, work.Batch);
        if (cut && Refuses(truncation)) throw TooLong(whole.ToString(), argument, index);
        return cut;
    }
}
