using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>The likeliest words at one mask (transformers, <c>pipelines/fill_mask.py</c>).</summary>
/// <param name="tokenizer">Writes ids as text.</param>
/// <param name="ids">The text's ids, special tokens included.</param>
/// <param name="mask">Index of the mask.</param>
/// <param name="keepSpecials">Whether special tokens stay in the sequences: where there are several masks.</param>
internal sealed class MaskDecoder(Tokenizer tokenizer, int[] ids, int mask, bool keepSpecials)
{
    /// <summary>The best words, best first; of equals the smaller id first.</summary>
    /// <param name="logits">The mask's logits, [V].</param>
    /// <param name="allowed">The only ids that count, ascending; null: all.</param>
    /// <param name="top">How many.</param>
    public IReadOnlyList<FilledMask> Decode(ReadOnlySpan<float> logits, int[]? allowed, int top)
    {
        var probabilities = new double[logits.Length];
        RealMath.Softmax(logits, probabilities);
        int count = allowed?.Length ?? logits.Length;
        var best = new TopList<int>(Math.Min(top, count));
        for (int i = 0; i < count; i++)
        {
            int id = allowed is null ? i : allowed[i];
            best.Add(probabilities[id], id);
        }

        var filled = new FilledMask[best.Items.Count];
        for (int i = 0; i < filled.Length; i++)
        {
            (double score, int id) = best.Items[i];
            filled[i] = new FilledMask(id, tokenizer.Decode([id]), (float)score, Sequence(id));
        }

        return filled;
    }

    /// <summary>The text with a word in the mask's place; padding, also that written in the text, is left out.</summary>
    private string Sequence(int id)
    {
        var sequence = new List<int>(ids.Length);
        for (int i = 0; i < ids.Length; i++)
        {
            int own = i == mask ? id : ids[i];
            if (own != tokenizer.PadId) sequence.Add(own);
        }

        return tokenizer.Decode([.. sequence], skipSpecialTokens: !keepSpecials);
    }
}
