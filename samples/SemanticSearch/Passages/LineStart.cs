namespace SemanticSearch.Passages;

/// <summary>Where in a block's text a line of the file begins.</summary>
/// <param name="Offset">Characters from the start of the block's text.</param>
/// <param name="Line">Number of the line, from 1.</param>
internal readonly record struct LineStart(int Offset, int Line);
