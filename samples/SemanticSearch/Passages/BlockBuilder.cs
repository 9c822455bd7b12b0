using System.Text;

namespace SemanticSearch.Passages;

/// <summary>Collects the lines of one block.</summary>
internal sealed class BlockBuilder
{
    private readonly StringBuilder _text = new();
    private readonly List<LineStart> _lines = [];

    public bool IsEmpty => _lines.Count == 0;

    public int LineCount => _lines.Count;

    public void Add(string text, int line, char separator = ' ')
    {
        if (_text.Length > 0) _text.Append(separator);
        _lines.Add(new LineStart(_text.Length, line));
        _text.Append(text);
    }

    /// <summary>The block, if there is anything in it; the builder is empty again.</summary>
    public Block? Take(string heading)
    {
        string text = _text.ToString().TrimEnd();
        Block? block = text.Length == 0 ? null : new Block(heading, text, [.. _lines]);
        _text.Clear();
        _lines.Clear();
        return block;
    }
}
