namespace SemanticSearch.Passages;

/// <summary>Markdown → paragraphs and list items, each under its headings. Front matter and comments are dropped, a code fence is one block.</summary>
/// <remarks>What matters for search, not the whole of CommonMark: whatever is not understood is a paragraph.</remarks>
internal sealed class MarkdownBlocks
{
    private readonly List<Block> _blocks = [];
    private readonly BlockBuilder _builder = new();
    private readonly string[] _headings = new string[6];
    private string _heading = "";
    private string? _fence;
    private bool _inComment;

    /// <summary>The blocks of a text.</summary>
    public static IReadOnlyList<Block> Read(string text)
    {
        var blocks = new MarkdownBlocks();
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        for (int i = EndOfFrontMatter(lines); i < lines.Length; i++) blocks.Line(lines[i], i + 1);
        blocks.Close();
        return blocks._blocks;
    }

    private void Line(string line, int number)
    {
        string content = line.Trim();
        if (_fence is not null) InFence(line, content, number);
        else if (_inComment || content.StartsWith("<!--", StringComparison.Ordinal)) Comment(content);
        else if (content.Length == 0) Close();
        else if (FenceOf(content) is { } fence) Open(fence);
        else if (LevelOf(content) is > 0 and int level) Heading(level, content[level..].Trim().TrimEnd('#').TrimEnd());
        else if (IsUnderline(content)) Underline(content);
        else Text(content, number);
    }

    private void Text(string content, int number)
    {
        content = content.TrimStart('>').TrimStart();
        string item = WithoutListMark(content);
        if (item.Length != content.Length) Close();
        string clean = MarkdownInline.Clean(item);
        if (clean.Length > 0) _builder.Add(clean, number);
    }

    private void Open(string fence)
    {
        Close();
        _fence = fence;
    }

    private void InFence(string line, string content, int number)
    {
        if (content.StartsWith(_fence!, StringComparison.Ordinal) && content.Trim(_fence![0]).Length == 0)
        {
            _fence = null;
            Close();
        }
        else if (content.Length > 0)
        {
            _builder.Add(line.TrimEnd(), number, '\n');
        }
    }

    private void Comment(string content)
    {
        if (!_inComment) Close();
        _inComment = !content.Contains("-->", StringComparison.Ordinal);
    }

    // A line of = or - makes the one line above it a heading; elsewhere it is a rule and ends the paragraph.
    private void Underline(string content)
    {
        if (_builder.LineCount == 1 && _builder.Take("") is { } title) Heading(content[0] == '=' ? 1 : 2, title.Text);
        else Close();
    }

    private void Heading(int level, string title)
    {
        Close();
        _headings[level - 1] = MarkdownInline.Clean(title);
        Array.Clear(_headings, level, _headings.Length - level);
        _heading = string.Join(" › ", _headings.Where(h => !string.IsNullOrEmpty(h)));
    }

    private void Close()
    {
        if (_builder.Take(_heading) is { } block) _blocks.Add(block);
    }

    private static int EndOfFrontMatter(string[] lines)
    {
        string mark = lines[0].TrimEnd();
        if (mark is not ("---" or "+++")) return 0;
        for (int i = 1; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd();
            if (line == mark || (mark == "---" && line == "...")) return i + 1;
        }

        return 0;
    }

    private static string? FenceOf(string content)
    {
        int length = content.Length - content.TrimStart(content[0]).Length;
        return content[0] is '`' or '~' && length >= 3 && !content.AsSpan(length).Contains('`') ? content[..length] : null;
    }

    private static int LevelOf(string content)
    {
        int level = content.Length - content.TrimStart('#').Length;
        return level is >= 1 and <= 6 && (content.Length == level || content[level] is ' ' or '\t') ? level : 0;
    }

    private static bool IsUnderline(string content) => content.Length >= 2 && content[0] is '=' or '-' && content.Trim(content[0]).Length == 0;

    private static string WithoutListMark(string content)
    {
        if (content.Length > 2 && content[0] is '-' or '*' or '+' && content[1] == ' ') return content[2..].TrimStart();
        int digits = 0;
        while (digits < content.Length && char.IsAsciiDigit(content[digits])) digits++;
        bool numbered = digits is > 0 and < 10 && content.Length > digits + 2 && content[digits] is '.' or ')' && content[digits + 1] == ' ';
        return numbered ? content[(digits + 2)..].TrimStart() : content;
    }
}
