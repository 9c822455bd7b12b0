namespace BertCompiler.Testing;

/// <summary>The fenced blocks of a page.</summary>
public static class MarkdownBlocks
{
    /// <summary>The blocks in their order: what stands behind the fence ("csharp"), and the lines in it.</summary>
    /// <param name="page">The page's text.</param>
    /// <param name="section">The heading of level 2 under which they stand; null: the whole page.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(string page, string? section = null)
    {
        var blocks = new List<KeyValuePair<string, string>>();
        var lines = new List<string>();
        string? language = null;
        bool inSection = section is null;
        foreach (string line in page.ReplaceLineEndings("\n").Split('\n'))
        {
            bool isFence = line.StartsWith("```", StringComparison.Ordinal);
            if (language is null)
            {
                if (section is not null && line.StartsWith("## ", StringComparison.Ordinal)) inSection = line[3..].Trim() == section;
                if (isFence) (language, lines) = (line[3..].Trim(), []);
            }
            else if (isFence)
            {
                if (inSection) blocks.Add(new(language, string.Join('\n', lines) + "\n"));
                language = null;
            }
            else
            {
                lines.Add(line);
            }
        }

        return blocks;
    }
}
