using SemanticSearch.Passages;

namespace SemanticSearch.Searching;

/// <summary>A passage that answers a question.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Passage">The passage.</param>
/// <param name="Score">How well it fits; 1 is the best there can be.</param>
/// <param name="Sentence">The sentence that fits best, as a place in the passage's text.</param>
internal sealed record Hit(string Path, Passage Passage, float Score, TextRange Sentence);
