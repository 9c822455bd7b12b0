using SemanticSearch.Passages;

namespace SemanticSearch.Indexing;

/// <summary>One file in the index.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Hash">SHA-256 of its bytes.</param>
/// <param name="Passages">Its passages, N of them.</param>
/// <param name="Vectors">Their embeddings, [N, Dimension], row by row.</param>
internal sealed record IndexedFile(string Path, byte[] Hash, IReadOnlyList<Passage> Passages, float[] Vectors);
