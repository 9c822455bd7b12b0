namespace SemanticSearch.Texts;

/// <summary>A file as text.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Hash">SHA-256 of its bytes.</param>
/// <param name="Text">Its text; where the bytes were no valid UTF-8, with U+FFFD in their place.</param>
internal sealed record TextFile(string Path, byte[] Hash, string Text);
