using System.Globalization;

namespace BertCompiler.Core.Weights;

/// <summary>Makes a line of <c>name=value</c> parts; what is as usual is left out.</summary>
internal sealed class LineBuilder
{
    private readonly List<string> _parts = [];

    public LineBuilder Add(string name, string value)
    {
        _parts.Add(name + "=" + ManifestFields.Escape(value).Replace(" ", @"\u0020"));
        return this;
    }

    public LineBuilder Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public LineBuilder Add(string name, double value) => Add(name, value.ToString("R", CultureInfo.InvariantCulture));

    public LineBuilder AddIf(bool isThere, string name, double value) => isThere ? Add(name, value) : this;

    public LineBuilder Add(string name, bool value, bool usual) => value == usual ? this : Add(name, value ? "true" : "false");

    public LineBuilder Add(string name, long value, long usual) => value == usual ? this : Add(name, value);

    public LineBuilder Add<T>(string name, T? value)
        where T : struct, Enum => value is { } v ? Add(name, v.ToString()) : this;

    public LineBuilder Add<T>(string name, T value, T usual)
        where T : struct, Enum => EqualityComparer<T>.Default.Equals(value, usual) ? this : Add(name, value.ToString());

    /// <inheritdoc/>
    public override string ToString() => string.Join(" ", _parts);
}
