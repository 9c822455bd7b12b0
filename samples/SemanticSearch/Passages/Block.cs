namespace SemanticSearch.Passages;

/// <summary>A paragraph, a list item or a code fence as it stands in the file, before it is cut or merged.</summary>
/// <param name="Heading">The headings that it stands under, outermost first, joined by " › ".</param>
/// <param name="Text">Its text on one line (a code fence keeps its lines).</param>
/// <param name="Lines">Where the file's lines begin in the text, ascending; never empty.</param>
internal sealed record Block(string Heading, string Text, IReadOnlyList<LineStart> Lines)
{
    /// <summary>The line of the file that a place of the text is on.</summary>
    public int LineAt(int offset)
    {
        int line = Lines[0].Line;
        foreach (LineStart start in Lines)
        {
            if (start.Offset > offset) break;
            line = start.Line;
        }

        return line;
    }
}
