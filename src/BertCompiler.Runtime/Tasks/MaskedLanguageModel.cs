using BertCompiler.Tasks;
using BertCompiler.Tokenization;
using BertCompiler.Weights;

namespace BertCompiler;

/// <summary>A compiled masked language model: which word stands where the text has a mask (Devlin et al. 2019, §3.1, task 1).</summary>
/// <inheritdoc/>
public abstract class MaskedLanguageModel : HeadModel
{
    private static readonly string[] _outputs = ["logits", "prediction_logits"];

    /// <inheritdoc/>
    protected MaskedLanguageModel(PackedWeights weights, ModelFacts facts, HeadFacts head, LoadOptions? options) : base(weights, facts, head, options)
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
    /// No mask in what is read, a number of words that the vocabulary does not have, no target or one without any piece, or the text is too
    /// long and <paramref name="truncation"/> says Error.
    /// </exception>
    public IReadOnlyList<MaskPrediction> FillMask(string text, int top = 5, IReadOnlyList<string>? targets = null, Truncation truncation = Truncation.Right)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(top, Facts.Vocabulary);
        int[]? allowed = targets is null ? null : TargetWords.Ids(Tokenizer, targets, nameof(targets));
        TokenEncoding encoding = EncodeCut(text, pair: null, truncation, nameof(text));
        int[] ids = encoding.Ids();
        int masks = ids.AsSpan().Count(Tokenizer.MaskId);
        if (masks == 0)
        {
            string mask = Tokenizer.TextOf(Tokenizer.MaskId) ?? "mask token";
            throw new ArgumentException($"there is no {mask} in {(encoding.IsTruncated ? $"the first {encoding.Count} tokens, which is what {Facts.Name} reads" : "the text")}", nameof(text));
        }

        var predictions = new List<MaskPrediction>(masks);
        RunEach(
            [encoding],
            (_, _, token, logits) =>
            {
                if (ids[token] != Tokenizer.MaskId) return;
                var candidates = new MaskDecoder(Tokenizer, ids, token, keepSpecials: masks > 1).Decode(logits, allowed, top);
                predictions.Add(new MaskPrediction(encoding.Tokens[token].Span, token, candidates, encoding.IsTruncated));
            },
            _outputs);
        return predictions;
    }

    /// <summary>
    /// A text as a sparse vector over the vocabulary (SPLADE: Formal et al. 2021, arXiv:2109.10086, §3): weight[v] = max or sum over all tokens,
    /// special ones too, of ln(1 + max(0, logit)).
    /// </summary>
    /// <param name="text">The text; it may be empty.</param>
    /// <param name="pooling">Max or sum.</param>
    /// <param name="truncation">What to do with a text that is too long.</param>
    /// <param name="maxTokens">The most tokens, special tokens included; null: what the model reads.</param>
    /// <exception cref="ArgumentException">The text is too long and <paramref name="truncation"/> says Error.</exception>
    public SparseVector EncodeSparse(string text, SparsePooling pooling = SparsePooling.Max, Truncation truncation = Truncation.Right, int? maxTokens = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return EncodeSparse([text], pooling, truncation, maxTokens)[0];
    }

    /// <summary>Many texts as sparse vectors; each has the bits that it would have alone.</summary>
    /// <param name="texts">The texts; none gives an empty list.</param>
    /// <param name="pooling">Max or sum.</param>
    /// <param name="truncation">What to do with a text that is too long.</param>
    /// <param name="maxTokens">The most tokens, special tokens included; null: what the model reads.</param>
    /// <exception cref="ArgumentException">A null text, or one is too long and <paramref name="truncation"/> says Error.</exception>
    public IReadOnlyList<SparseVector> EncodeSparse(IReadOnlyList<string> texts, SparsePooling pooling = SparsePooling.Max, Truncation truncation = Truncation.Right, int? maxTokens = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var truncated = new bool[texts.Count];
        var vectors = new SparseVector[texts.Count];
        var sum = new SparseAccumulator(Facts.Vocabulary, pooling);
        RunEach(
            texts.Count,
            (i, batch) =>
            {
                string text = texts[i] ?? throw new ArgumentException($"text {i} is null", nameof(texts));
                truncated[i] = AppendCut(text, pair: null, truncation, nameof(texts), maxTokens, batch);
            },
            (_, item, token, logits) =>
            {
                if (token == 0 && item > 0) vectors[item - 1] = sum.Take(Tokenizer, truncated[item - 1]);
                sum.Add(logits);
            },
            _outputs);
        if (vectors.Length > 0) vectors[^1] = sum.Take(Tokenizer, truncated[^1]);
        return vectors;
    }
}
