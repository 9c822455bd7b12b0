namespace SemanticSearch.Passages;

/// <summary>What is embedded and found: a paragraph, or a part of one that the model can read.</summary>
/// <param name="Heading">The headings that it stands under; may be empty.</param>
/// <param name="Text">Its text.</param>
/// <param name="Line">The line of the file where it begins, from 1.</param>
internal sealed record Passage(string Heading, string Text, int Line)
{
    /// <summary>What the model reads: a paragraph often does not name what its heading says.</summary>
    public string ForModel => Heading.Length == 0 ? Text : $"{Heading}. {Text}";
}
