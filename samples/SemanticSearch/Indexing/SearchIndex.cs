namespace SemanticSearch.Indexing;

/// <summary>The embedded passages of some files.</summary>
/// <param name="ModelHash">The model that the vectors are of.</param>
/// <param name="Dimension">Length of a vector.</param>
/// <param name="Files">The files.</param>
internal sealed record SearchIndex(string ModelHash, int Dimension, IReadOnlyList<IndexedFile> Files)
{
    public int PassageCount => Files.Sum(f => f.Passages.Count);
}
