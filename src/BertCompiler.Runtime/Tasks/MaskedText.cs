using BertCompiler.Kernels;
using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>A text with masks, and what stands at them.</summary>
/// <param name="tokenizer">Writes ids as text.</param>
/// <param name="encoding">The text.</param>
internal sealed class MaskedText(Tokenizer tokenizer, TokenEncoding encoding)
{
    private readonly int[] _ids = encoding.Ids();

    /// <summary>What the model reads.</summary>
    public TokenEncoding Encoding => encoding;

    /// <summary>Which of its tokens are masks, ascending.</summary>
    public IReadOnlyList<int> Masks { get; } = [.. Enumerable.Range(0, encoding.Count).Where(i => encoding.Tokens[i].Id == tokenizer.MaskId)];

    /// <summary>The likeliest words at each mask.</summary>
    /// <param name="logits">A row for each mask, [masks, V].</param>
    /// <param name="allowed">The only ids that count, ascending; null: all.</param>
    /// <param name="top">How many words for each mask.</param>
    public IReadOnlyList<MaskPrediction> Read(Rows logits, int[]? allowed, int top)
    {
        var predictions = new MaskPrediction[Masks.Count];
        for (int i = 0; i < predictions.Length; i++)
        {
            int mask = Masks[i];
            var candidates = new MaskDecoder(tokenizer, _ids, mask, keepSpecials: Masks.Count > 1).Decode(logits[i], allowed, top);
            predictions[i] = new MaskPrediction(encoding.Tokens[mask].Span, mask, candidates, encoding.IsTruncated);
        }

        return predictions;
    }
}
