namespace BertCompiler;

/// <summary>A text as weights of vocabulary entries (SPLADE: Formal et al. 2021, arXiv:2107.05720, §3): most are 0 and absent.</summary>
public sealed class SparseVector
{
    internal SparseVector(IReadOnlyList<SparseWeight> entries, bool truncated)
    {
        Entries = entries;
        Truncated = truncated;
    }

    /// <summary>The entries that are not 0, by ascending id.</summary>
    public IReadOnlyList<SparseWeight> Entries { get; }

    /// <summary>Whether the text was cut because it is longer than the model can read.</summary>
    public bool Truncated { get; }

    /// <summary>For people: <c>27 weights: "ada" 1.25, "wrote" 0.98, "letter" 0.7, …</c>.</summary>
    public override string ToString() => $"{Printed.Count(Entries.Count, "weight")}: {Printed.First([.. Entries.OrderByDescending(e => e.Weight)])}{Printed.Cut(Truncated)}";

    /// <summary>Σ over common entries of the products of their weights: how well a document fits a query.</summary>
    public float Dot(SparseVector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        double sum = 0;
        for (int i = 0, j = 0; i < Entries.Count && j < other.Entries.Count;)
        {
            int order = Entries[i].Id.CompareTo(other.Entries[j].Id);
            if (order == 0) sum += (double)Entries[i].Weight * other.Entries[j].Weight;
            if (order <= 0) i++;
            if (order >= 0) j++;
        }

        return (float)sum;
    }
}
