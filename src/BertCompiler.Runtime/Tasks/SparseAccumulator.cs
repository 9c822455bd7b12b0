using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>
/// The greatest logit of each vocabulary entry over the tokens of a text, and the SPLADE weights that follow. ln(1 + max(0, x)) never falls,
/// so that it is applied once, to the greatest.
/// </summary>
internal sealed class SparseAccumulator(int vocabulary)
{
    private readonly float[] _greatest = new float[vocabulary];

    /// <summary>Takes in the logits [V] of one token; what is not above 0 counts as 0.</summary>
    public void Add(ReadOnlySpan<float> logits)
    {
        for (int i = 0; i < _greatest.Length; i++) _greatest[i] = Math.Max(_greatest[i], logits[i]);
    }

    /// <summary>The vector of the tokens so far; the next text begins anew.</summary>
    public SparseVector Take(Tokenizer tokenizer, bool truncated)
    {
        var entries = new List<SparseWeight>();
        for (int id = 0; id < _greatest.Length; id++)
        {
            if (_greatest[id] == 0) continue;
            float weight = (float)RealMath.Log1p(_greatest[id]);
            if (weight > 0) entries.Add(new SparseWeight(id, tokenizer.TextOf(id) ?? "", weight));
        }

        Array.Clear(_greatest);
        return new SparseVector(entries, truncated);
    }
}
