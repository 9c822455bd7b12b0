using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>The SPLADE weights of a text from the logits of its tokens: over the tokens, max or sum of f(logit), f being ln(1 + max(0, x)) once or twice.</summary>
internal sealed class SparseAccumulator(int vocabulary, SparsePooling pooling, SparseActivation activation, int most)
{
    private readonly double[] _values = new double[vocabulary];

    /// <summary>Takes in the logits [V] of one token; what is not above 0 counts as 0.</summary>
    public void Add(ReadOnlySpan<float> logits)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            // f never falls, so that for the maximum it is applied once, at the end.
            if (pooling == SparsePooling.Max) _values[i] = Math.Max(_values[i], logits[i]);
            else if (logits[i] > 0) _values[i] += Activate(logits[i]);
        }
    }

    /// <summary>The vector of the tokens so far; the next text begins anew.</summary>
    public SparseVector Take(Tokenizer tokenizer, bool truncated)
    {
        var entries = new List<SparseWeight>();
        for (int id = 0; id < _values.Length; id++)
        {
            if (_values[id] == 0) continue;
            float weight = (float)(pooling == SparsePooling.Max ? Activate(_values[id]) : _values[id]);
            if (weight > 0) entries.Add(new SparseWeight(id, tokenizer.TextOf(id) ?? "", weight));
        }

        Array.Clear(_values);
        return new SparseVector(Greatest(entries), truncated);
    }

    private double Activate(double x)
    {
        double once = RealMath.Log1p(x);
        return activation == SparseActivation.Relu ? once : RealMath.Log1p(once);
    }

    /// <summary>The greatest entries, of equals those with the lower ids; in the order of ids.</summary>
    private List<SparseWeight> Greatest(List<SparseWeight> entries)
    {
        if (entries.Count <= most) return entries;
        entries.Sort((a, b) => b.Weight.CompareTo(a.Weight) is var order && order != 0 ? order : a.Id.CompareTo(b.Id));
        entries.RemoveRange(most, entries.Count - most);
        entries.Sort((a, b) => a.Id.CompareTo(b.Id));
        return entries;
    }
}
