using SemanticSearch.Passages;

namespace SemanticSearch.Searching;

/// <summary>A passage that is near to a question, before its sentences were looked at.</summary>
internal sealed record Candidate(string Path, Passage Passage, float Score);
