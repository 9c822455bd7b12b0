namespace SemanticSearch.Indexing;

/// <summary>What building an index did.</summary>
/// <param name="Index">The index; of the files done so far where it was cancelled.</param>
/// <param name="Embedded">Files that were new or had changed.</param>
/// <param name="Reused">Files whose passages were taken from the index before.</param>
/// <param name="Cancelled">Whether it was stopped.</param>
internal sealed record BuildResult(SearchIndex Index, int Embedded, int Reused, bool Cancelled);
