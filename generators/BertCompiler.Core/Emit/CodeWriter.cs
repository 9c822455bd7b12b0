using System.Text;

namespace BertCompiler.Core.Emit;

/// <summary>Text with indentation. Line ends are always <c>\n</c>; the same calls give the same bytes.</summary>
public sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>One line, or several of a raw literal, each indented.</summary>
    public CodeWriter Line(string text = "")
    {
        foreach (string line in text.Split('\n'))
        {
            string trimmed = line.TrimEnd('\r', ' ');
            if (trimmed.Length > 0) _text.Append(' ', 4 * _depth).Append(trimmed);
            _text.Append('\n');
        }

        return this;
    }

    /// <summary>A header line, <c>{</c>, what follows one step deeper, and <c>}</c> on disposal.</summary>
    public IDisposable Block(string header)
    {
        Line(header).Line("{");
        _depth++;
        return new Closer(this);
    }

    /// <summary>A documentation comment, wrapped at about 130 columns.</summary>
    public CodeWriter Summary(string text) => Wrapped("/// ", "<summary>" + text + "</summary>");

    /// <summary>A paragraph of a documentation comment, wrapped at about 130 columns.</summary>
    public CodeWriter Paragraph(string text) => Wrapped("/// ", "<para>" + text + "</para>");

    /// <summary>A comment, wrapped at about 130 columns.</summary>
    public CodeWriter Comment(string text) => Wrapped("// ", text);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private CodeWriter Wrapped(string prefix, string text)
    {
        int width = 132 - (4 * _depth) - prefix.Length;
        var line = new StringBuilder();
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                Line(prefix + line);
                line.Clear();
            }

            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }

        return Line(prefix + line);
    }

    private sealed class Closer(CodeWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer.Line("}");
        }
    }
}
