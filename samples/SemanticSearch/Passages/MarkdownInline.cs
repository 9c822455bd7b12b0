using System.Text;

namespace SemanticSearch.Passages;

/// <summary>A line of Markdown → what a reader sees: links become their text, marks of emphasis and code go.</summary>
internal static class MarkdownInline
{
    public static string Clean(string line)
    {
        if (line.AsSpan().IndexOfAny("*`[\\") < 0) return line;
        var text = new StringBuilder(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            switch (line[i])
            {
                case '\\' when i + 1 < line.Length && char.IsAsciiLetterOrDigit(line[i + 1]) is false:
                    text.Append(line[++i]);
                    break;
                case '*' or '`':
                    break;
                case '!' when i + 1 < line.Length && line[i + 1] == '[':
                    break;
                case '[':
                    break;
                case ']' when i + 1 < line.Length && line[i + 1] == '(' && line.IndexOf(')', i) is > 0 and int end:
                    i = end;
                    break;
                case ']':
                    break;
                default:
                    text.Append(line[i]);
                    break;
            }
        }

        return text.ToString().Trim();
    }
}
