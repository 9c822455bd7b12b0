using BertCompiler.Tasks;
using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>
/// A compiled token classifier: names, places and other things in a text, or a label for each word (Devlin et al. 2019, §5.3). A text longer
/// than the model is read in windows that overlap; nothing is cut off.
/// </summary>
/// <inheritdoc/>
public abstract class TokenClassifier : HeadModel
{
    private static readonly TagOptions _usual = new();

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected TokenClassifier(EncoderProgram program, ModelFacts facts, HeadFacts head, LoadOptions? options) : base(program, facts, head, options)
    {
    }

    /// <summary>The entities of a text, in order.</summary>
    /// <param name="text">The text; one without tokens gives an empty list.</param>
    /// <param name="options">How; null: by words, with labels as they are meant.</param>
    /// <param name="progress">Told of windows that are done.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    /// <exception cref="ArgumentException">Windows that the model cannot read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public IReadOnlyList<Entity> Tag(string text, TagOptions? options = null, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Tag(1, _ => Read(text, words: null, options ?? _usual, cancellationToken), new(progress, cancellationToken))[0];
    }

    /// <summary>The entities of many texts, in order. Each has the bits that it would have alone.</summary>
    /// <param name="texts">The texts; none gives an empty list. For words of one text: <see cref="TagWords(IReadOnlyList{string}, IProgress{BatchProgress}, CancellationToken)"/>, <see cref="TagEntities"/>.</param>
    /// <param name="options">How; null: by words, with labels as they are meant.</param>
    /// <param name="progress">Told of texts that are done.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    /// <returns>For each text its entities.</returns>
    /// <exception cref="ArgumentException">A null text, or windows that the model cannot read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public IReadOnlyList<IReadOnlyList<Entity>> Tag(
        IReadOnlyList<string> texts, TagOptions? options = null, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Tag(texts.Count, i => Read(TextAt(texts, i, nameof(texts)), words: null, options ?? _usual, cancellationToken), new(progress, cancellationToken));
    }

    /// <summary>The entities of a text that is already split into words, in order. Their places are those in the words joined.</summary>
    /// <param name="words">The words.</param>
    /// <param name="options">How; null: by words, with labels as they are meant.</param>
    /// <param name="delimiter">What joins the words.</param>
    /// <param name="progress">Told of windows that are done.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    /// <exception cref="ArgumentException">A null word, or windows that the model cannot read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public IReadOnlyList<Entity> TagEntities(
        IReadOnlyList<string> words, TagOptions? options = null, string delimiter = " ", IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(delimiter);
        var joined = new JoinedWords(words, delimiter);
        return Tag(1, _ => Read(joined.Text, joined, options ?? _usual, cancellationToken), new(progress, cancellationToken))[0];
    }

    /// <summary>
    /// One label for each word: the best of its first piece (transformers, <c>run_ner.py</c>). Fit for parts of speech too.
    /// </summary>
    /// <param name="words">The words of one text, N of them.</param>
    /// <param name="progress">Told of windows that are done.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    /// <returns>N tags, in the order of the words.</returns>
    /// <exception cref="ArgumentException">A null word.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public IReadOnlyList<WordTag> TagWords(IReadOnlyList<string> words, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(words);
        return RunWindows(1, _ => ReadWords(words, cancellationToken), new(progress, cancellationToken))[0];
    }

    /// <summary>One label for each word of many texts, as for the words of one.</summary>
    /// <param name="texts">The words of each text.</param>
    /// <param name="progress">Told of texts that are done.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    /// <returns>For each text as many tags as it has words.</returns>
    /// <exception cref="ArgumentException">A text or a word is null.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public IReadOnlyList<IReadOnlyList<WordTag>> TagWords(IReadOnlyList<IReadOnlyList<string>> texts, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return RunWindows(texts.Count, i => ReadWords(texts[i] ?? throw new ArgumentException($"text {i} is null", nameof(texts)), cancellationToken), new(progress, cancellationToken));
    }

    private protected virtual Entity Describe(in EntitySpan entity, string text) => new(entity, text, Head.Labels[entity.Label]);

    private IReadOnlyList<Entity>[] Tag(int count, Func<int, WindowedReading<IReadOnlyList<Entity>>> read, RunControl control) =>
        RunWindows(count, read, control);

    private WindowedReading<IReadOnlyList<Entity>> Read(string text, JoinedWords? words, TagOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options.IgnoreLabels, nameof(options));
        int width = Head.Labels.Count;
        if (options.Aggregation != TagAggregation.Words)
        {
            TokenEncoding encoding = Encode(text, words, Options(options), cancellation);
            if (!options.Windows && encoding.IsTruncated && Refuses()) throw TooLong("the text has", Encode(text, words, EncodeOptions.Default, cancellation).Count, CheckedLength(options.MaxTokens, pair: false), nameof(text));
            IReadOnlyList<TokenEncoding> parts = options.Windows ? Windows(encoding) : [encoding];
            var pipeline = new PipelineEntities(Head.Labels, options.Aggregation, options.IgnoreLabels);
            return new TaggedReading<IReadOnlyList<Entity>>(parts, Empty(parts, text, words), width, read => Describe(pipeline.Decode(read), text));
        }

        WindowedText windows = ByWords(Encode(text, words, EncodeOptions.Default, cancellation), options);
        Token[] tokens = words?.Shift(windows.Tokens) ?? windows.Tokens;
        bool setApart = words is null && Tokenizer.Model == TokenizerModelKind.Unigram;
        return new MergedReading<IReadOnlyList<Entity>>(
            windows, width, rows => Describe(new WordEntities(Head.Labels, tokens, rows).Entities(options.IgnoreLabels, text, setApart), text));
    }

    private WindowedReading<IReadOnlyList<WordTag>> ReadWords(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var tags = new WordTag[words.Count];
        for (int i = 0; i < tags.Length; i++)
        {
            if (words[i] is null) throw new ArgumentException($"word {i} is null", nameof(words));
            tags[i] = new WordTag(i, -1, "", 0);
        }

        WindowedText windows = ByWords(Tokenizer.EncodeWords(words, cancellationToken: cancellation), _usual);
        return new MergedReading<IReadOnlyList<WordTag>>(windows, Head.Labels.Count, rows =>
        {
            foreach (EntitySpan word in new WordEntities(Head.Labels, windows.Tokens, rows).Words()) tags[word.FirstWord] = new WordTag(word.FirstWord, word.Label, word.Kind, (float)word.Score);
            return tags;
        });
    }

    private TokenEncoding Encode(string text, JoinedWords? words, EncodeOptions options, CancellationToken cancellation) =>
        words is null ? Tokenizer.Encode(text, options: options, cancellationToken: cancellation) : Tokenizer.EncodeWords(words.Words, options: options, cancellationToken: cancellation);

    private Entity[] Describe(IReadOnlyList<EntitySpan> spans, string text)
    {
        var entities = new Entity[spans.Count];
        for (int i = 0; i < entities.Length; i++) entities[i] = Describe(spans[i], text);
        return entities;
    }

    private WindowedText ByWords(TokenEncoding whole, TagOptions options)
    {
        int most = CheckedLength(options.MaxTokens, pair: false);
        if (!options.Windows && whole.Count > most && Refuses()) throw TooLong("the text has", whole.Count, most, "text");
        return new WindowedText(whole, most, WindowStride(most, options.Stride), firstOnly: !options.Windows, Tokenizer.TruncationSide);
    }

    /// <summary>Windows whose logits are to come.</summary>
    private TaggedWindow[] Empty(IReadOnlyList<TokenEncoding> windows, string text, JoinedWords? words)
    {
        var empty = new TaggedWindow[windows.Count];
        for (int i = 0; i < empty.Length; i++)
        {
            Token[] tokens = words is null ? [.. windows[i].Tokens] : words.Shift(windows[i].Tokens);
            empty[i] = new TaggedWindow(tokens, WordContinuation.Flags(tokens, text, Tokenizer), new float[tokens.Length * Head.Labels.Count]);
        }

        return empty;
    }

    private EncodeOptions Options(TagOptions options)
    {
        int most = CheckedLength(options.MaxTokens, pair: false);
        return new EncodeOptions { Truncation = TruncationStrategy.LongestFirst, MaxLength = most, Stride = WindowStride(most, options.Stride) };
    }
}
