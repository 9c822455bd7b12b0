using System.Globalization;
using System.Text;

namespace BertCompiler.Core.Weights;

/// <summary>Writes the lines of a manifest: one fact a line, whatever its text holds.</summary>
internal sealed class ManifestWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>Begins a manifest.</summary>
    /// <param name="kind">What it is of.</param>
    public ManifestWriter(string kind)
    {
        _text.Append(ManifestText.Signature).Append('\n');
        Text("kind", kind);
    }

    /// <summary>A line with a text of any content, escaped.</summary>
    public void Text(string key, string value) => Structured(key, ManifestFields.Escape(value));

    /// <summary>A line with a whole number.</summary>
    public void Number(string key, long value) => Structured(key, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A line with a number that reads back as the same bits.</summary>
    public void Number(string key, double value) => Structured(key, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>A line with <c>true</c> or <c>false</c>.</summary>
    public void Flag(string key, bool value) => Structured(key, value ? "true" : "false");

    /// <summary>A line with the name of an enum's value.</summary>
    public void Choice(string key, Enum value) => Structured(key, value.ToString());

    /// <summary>A line that has a structure of its own, whose parts are escaped already.</summary>
    public void Structured(string key, string line) => _text.Append(key).Append(' ').Append(line).Append('\n');

    /// <summary>A line for people.</summary>
    public void Comment(string comment) => _text.Append("# ").Append(comment).Append('\n');

    /// <summary>The manifest so far.</summary>
    public override string ToString() => _text.ToString();
}
