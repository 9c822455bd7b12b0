namespace SemanticSearch.Passages;

/// <summary>Plain text → paragraphs: what stands between blank lines.</summary>
internal static class PlainTextBlocks
{
    // Nobody wraps lines by hand at this width: a longer line is a whole paragraph, and needs no blank line behind it.
    private const int LongLine = 200;

    public static IEnumerable<Block> Read(string text)
    {
        var builder = new BlockBuilder();
        using var reader = new StringReader(text);
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            string content = line.Trim();
            if (content.Length > 0) builder.Add(content, number);
            if (content.Length is > 0 and < LongLine) continue;
            if (builder.Take(heading: "") is { } block) yield return block;
        }

        if (builder.Take(heading: "") is { } last) yield return last;
    }
}
