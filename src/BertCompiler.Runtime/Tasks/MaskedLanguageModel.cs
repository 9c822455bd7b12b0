using System.Runtime.InteropServices;
using BertCompiler.Kernels;
using BertCompiler.Tasks;
using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>A compiled masked language model: which word stands where the text has a mask (Devlin et al. 2019, §3.1, task 1).</summary>
/// <inheritdoc/>
public abstract class MaskedLanguageModel : HeadModel
{
    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected MaskedLanguageModel(EncoderProgram program, ModelFacts facts, HeadFacts head, LoadOptions? options) : base(program, facts, head, options)
    {
    }

    /// <summary>The likeliest words for each mask of a text: softmax over the whole vocabulary (transformers, <c>pipelines/fill_mask.py</c>).</summary>
    /// <param name="text">A text with one mask token (<c>[MASK]</c>) or several; each is answered by itself.</param>
    /// <param name="top">How many words for each mask, at most as many as there are.</param>
    /// <param name="targets">
    /// The only words to consider; null: all. Each is a token of the vocabulary, letter by letter, or else stands for the first piece that it
    /// is cut into. Their probabilities are those among all words.
    /// </param>
    /// <param name="truncation">What to do with a text that is too long.</param>
    /// <exception cref="ArgumentException">
    /// No mask in what is read, a number of words that the vocabulary does not have, no target, or one without any piece.
    /// </exception>
    /// <exception cref="TruncationException">The text is too long and <paramref name="truncation"/>, or <see cref="LoadOptions.Truncation"/>, says Error.</exception>
    public IReadOnlyList<MaskPrediction> FillMask(string text, int top = 5, IReadOnlyList<string>? targets = null, Truncation truncation = Truncation.Right)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FillMask([text], top, targets, truncation, nameof(text), default)[0];
    }

    /// <summary>The likeliest words for each mask of many texts, as for one text.</summary>
    /// <param name="texts">The texts, each with one mask token at least; none gives an empty list.</param>
    /// <param name="top">How many words for each mask.</param>
    /// <param name="targets">The only words to consider; null: all.</param>
    /// <param name="truncation">What to do with a text that is too long.</param>
    /// <param name="progress">Told of texts that are done.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    /// <returns>For each text what stands at its masks, in their order.</returns>
    /// <exception cref="ArgumentException">A null text, or as for one text.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public IReadOnlyList<IReadOnlyList<MaskPrediction>> FillMask(
        IReadOnlyList<string> texts,
        int top = 5,
        IReadOnlyList<string>? targets = null,
        Truncation truncation = Truncation.Right,
        IProgress<BatchProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return FillMask(texts, top, targets, truncation, nameof(texts), new(progress, cancellationToken));
    }

    /// <summary>
    /// A text as a sparse vector over the vocabulary (SPLADE: Formal et al. 2021, arXiv:2109.10086, §3): weight[v] = max or sum over all tokens,
    /// special ones too, of ln(1 + max(0, logit)), as <see cref="HeadFacts.Sparse"/> says.
    /// </summary>
    /// <param name="text">The text; it may be empty.</param>
    /// <param name="options">What differs from what the model's folder says; null: nothing.</param>
    /// <exception cref="ArgumentException">Fewer than one entry is asked for.</exception>
    /// <exception cref="TruncationException">The text is too long and the options, or <see cref="LoadOptions.Truncation"/>, say Error.</exception>
    public SparseVector EncodeSparse(string text, SparseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return EncodeSparse([text], options)[0];
    }

    /// <summary>Many texts as sparse vectors; each has the bits that it would have alone.</summary>
    /// <param name="texts">The texts; none gives an empty list.</param>
    /// <param name="options">What differs from what the model's folder says; null: nothing.</param>
    /// <param name="progress">Told of texts that are done.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    /// <exception cref="ArgumentException">A null text, or fewer than one entry is asked for.</exception>
    /// <exception cref="TruncationException">A text is too long and the options, or <see cref="LoadOptions.Truncation"/>, say Error.</exception>
    public IReadOnlyList<SparseVector> EncodeSparse(
        IReadOnlyList<string> texts, SparseOptions? options = null, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        int most = options?.MaxActiveDimensions ?? Head.Sparse.MaxActiveDimensions ?? int.MaxValue;
        if (most < 1) throw new ArgumentException($"{nameof(SparseOptions.MaxActiveDimensions)} is {most}; at least 1 entry must be kept", nameof(options));
        Truncation truncation = options?.Truncation ?? Truncation.Right;
        var truncated = new bool[texts.Count];
        var vectors = new SparseVector[texts.Count];
        var sum = new SparseAccumulator(Facts.Vocabulary, options?.Pooling ?? Head.Sparse.Pooling, Head.Sparse.Activation, most);
        RunGroups(texts.Count, Append, Read, new(progress, cancellationToken));
        return vectors;

        void Append(int i, TokenBatch batch)
        {
            string text = TextAt(texts, i, nameof(texts));
            truncated[i] = AppendCut(text, pair: null, truncation, nameof(texts), options?.MaxTokens, batch, texts.Count > 1 ? i : null);
        }

        void Read(Workspace work, int first)
        {
            Rows logits = Program.VocabularyLogits(work.Batch, work, work.EveryToken);
            for (int i = 0; i < work.Batch.Count; i++)
            {
                for (int t = work.Batch.Offsets[i]; t < work.Batch.Offsets[i + 1]; t++) sum.Add(logits[t]);
                vectors[first + i] = sum.Take(Tokenizer, truncated[first + i]);
            }
        }
    }

    /// <summary>How alike two sparse vectors are, by the model's own function (<see cref="SparseFacts.Similarity"/>): greater is more alike.</summary>
    public float Similarity(SparseVector a, SparseVector b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return SparseSimilarity.Compute(Head.Sparse.Similarity, a, b);
    }

    private IReadOnlyList<MaskPrediction>[] FillMask(
        IReadOnlyList<string> texts, int top, IReadOnlyList<string>? targets, Truncation truncation, string argument, RunControl control)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(top, Facts.Vocabulary);
        int[]? allowed = targets is null ? null : TargetWords.Ids(Tokenizer, targets, nameof(targets));
        var predictions = new IReadOnlyList<MaskPrediction>[texts.Count];
        var group = new List<MaskedText>();
        var masks = new List<int>();
        RunGroups(texts.Count, Append, Read, control);
        return predictions;

        void Append(int i, TokenBatch batch)
        {
            TokenEncoding encoding = EncodeCut(TextAt(texts, i, argument), pair: null, truncation, argument, index: texts.Count > 1 ? i : null);
            var text = new MaskedText(Tokenizer, encoding);
            if (text.Masks.Count == 0) throw NoMask(encoding, argument, texts.Count > 1 ? i : null);
            foreach (int mask in text.Masks) masks.Add(batch.TokenCount + mask);
            group.Add(text);
            Add(batch, encoding);
        }

        void Read(Workspace work, int first)
        {
            Rows logits = Program.VocabularyLogits(work.Batch, work, CollectionsMarshal.AsSpan(masks));
            int row = 0;
            for (int i = 0; i < group.Count; row += group[i++].Masks.Count) predictions[first + i] = group[i].Read(logits.Slice(row, group[i].Masks.Count), allowed, top);
            group.Clear();
            masks.Clear();
        }
    }

    private ArgumentException NoMask(TokenEncoding encoding, string argument, int? index)
    {
        string mask = Tokenizer.TextOf(Tokenizer.MaskId) ?? "mask token";
        string where = encoding.IsTruncated ? $"the first {encoding.Count} tokens, which is what {Facts.Name} reads" : index is { } i ? $"text {i}" : "the text";
        return new ArgumentException($"there is no {mask} in {where}", argument);
    }
}
