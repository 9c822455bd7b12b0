using BertCompiler.Tasks;
using BertCompiler.Tokenization;
using BertCompiler.Weights;

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
    protected TokenClassifier(PackedWeights weights, ModelFacts facts, HeadFacts head, LoadOptions? options) : base(weights, facts, head, options)
    {
    }

    /// <summary>The entities of a text, in order.</summary>
    /// <param name="text">The text; one without tokens gives an empty list.</param>
    /// <param name="options">How; null: by words, with labels as they are meant.</param>
    /// <exception cref="ArgumentException">Windows that the model cannot read.</exception>
    public IReadOnlyList<Entity> Tag(string text, TagOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Tag(text, words: null, encode => Tokenizer.Encode(text, options: encode), options ?? _usual);
    }

    /// <summary>The entities of a text that is already split into words, in order. Their places are those in the words joined.</summary>
    /// <param name="words">The words.</param>
    /// <param name="options">How; null: by words, with labels as they are meant.</param>
    /// <param name="delimiter">What joins the words.</param>
    /// <exception cref="ArgumentException">A null word, or windows that the model cannot read.</exception>
    public IReadOnlyList<Entity> Tag(IReadOnlyList<string> words, TagOptions? options = null, string delimiter = " ")
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(delimiter);
        var joined = new JoinedWords(words, delimiter);
        return Tag(joined.Text, joined, encode => Tokenizer.EncodeWords(words, options: encode), options ?? _usual);
    }

    /// <summary>
    /// One label for each word: the best of its first piece (transformers, <c>run_ner.py</c>). Fit for parts of speech too.
    /// </summary>
    /// <param name="words">The words, N of them.</param>
    /// <returns>N tags, in the order of the words.</returns>
    /// <exception cref="ArgumentException">A null word.</exception>
    public IReadOnlyList<WordTag> TagWords(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var tags = new WordTag[words.Count];
        for (int i = 0; i < tags.Length; i++)
        {
            if (words[i] is null) throw new ArgumentException($"word {i} is null", nameof(words));
            tags[i] = new WordTag(i, -1, "", 0);
        }

        WindowedText windows = ByWords(Tokenizer.EncodeWords(words), _usual);
        foreach (EntitySpan word in new WordEntities(Head.Labels, windows.Tokens, Merged(windows)).Words()) tags[word.FirstWord] = new WordTag(word.FirstWord, word.Label, word.Kind, (float)word.Score);
        return tags;
    }

    private protected virtual Entity Describe(in EntitySpan entity, string text) => new(entity, text, Head.Labels[entity.Label]);

    private Entity[] Tag(string text, JoinedWords? words, Func<EncodeOptions, TokenEncoding> encode, TagOptions options)
    {
        ArgumentNullException.ThrowIfNull(options.IgnoreLabels, nameof(options));
        IReadOnlyList<EntitySpan> spans;
        if (options.Aggregation == TagAggregation.Words)
        {
            WindowedText windows = ByWords(encode(EncodeOptions.Default), options);
            Token[] tokens = words?.Shift(windows.Tokens) ?? windows.Tokens;
            bool setApart = words is null && Tokenizer.Model == TokenizerModelKind.Unigram;
            spans = new WordEntities(Head.Labels, tokens, Merged(windows)).Entities(options.IgnoreLabels, text, setApart);
        }
        else
        {
            spans = new PipelineEntities(Head.Labels, options.Aggregation, options.IgnoreLabels).Decode(ReadWindows(text, words, encode, options));
        }

        var entities = new Entity[spans.Count];
        for (int i = 0; i < entities.Length; i++) entities[i] = Describe(spans[i], text);
        return entities;
    }

    private WindowedText ByWords(TokenEncoding whole, TagOptions options)
    {
        int most = CheckedLength(options.MaxTokens, pair: false);
        if (!options.Windows && whole.Count > most && Refuses()) throw TooLong("the text has", whole.Count, most, "text");
        return new WindowedText(whole, most, WindowStride(most, options.Stride), firstOnly: !options.Windows);
    }

    private MergedRows Merged(WindowedText windows)
    {
        var merged = new MergedRows(windows, Head.Labels.Count);
        RunEach(windows.Count, windows.Window, (_, window, token, logits) => merged.Accept(window, token, logits), "logits");
        return merged;
    }

    private TaggedWindow[] ReadWindows(string text, JoinedWords? words, Func<EncodeOptions, TokenEncoding> encode, TagOptions options)
    {
        TokenEncoding encoding = encode(Options(options));
        if (!options.Windows && encoding.IsTruncated && Refuses()) throw TooLong("the text has", encode(EncodeOptions.Default).Count, CheckedLength(options.MaxTokens, pair: false), nameof(text));
        IReadOnlyList<TokenEncoding> windows = options.Windows ? Windows(encoding) : [encoding];
        int width = Head.Labels.Count;
        var read = new TaggedWindow[windows.Count];
        for (int i = 0; i < read.Length; i++)
        {
            Token[] tokens = words is null ? [.. windows[i].Tokens] : words.Shift(windows[i].Tokens);
            read[i] = new TaggedWindow(tokens, WordContinuation.Flags(tokens, text, Tokenizer), new float[tokens.Length * width]);
        }

        RunEach(windows, (_, window, token, logits) => logits.CopyTo(read[window].Logits.AsSpan(token * width)), "logits");
        return read;
    }

    private EncodeOptions Options(TagOptions options)
    {
        int most = CheckedLength(options.MaxTokens, pair: false);
        return new EncodeOptions { Truncation = TruncationStrategy.LongestFirst, MaxLength = most, Stride = WindowStride(most, options.Stride) };
    }
}
