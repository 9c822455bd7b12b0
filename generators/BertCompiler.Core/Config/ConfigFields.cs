using System.Globalization;
using BertCompiler.Core.Problems;

namespace BertCompiler.Core.Config;

/// <summary>Typed access to the fields of one JSON object; what is absent, of another type or out of range becomes a problem with its place.</summary>
internal sealed class ConfigFields(ConfigNode node, string file, ProblemList problems)
{
    private EquatableArray<FieldAlias> _aliases;

    /// <summary>Takes other names of fields for these, where the usual ones are absent.</summary>
    public void Alias(EquatableArray<FieldAlias> aliases) => _aliases = aliases;

    /// <summary>The field, null counted as absent.</summary>
    public ConfigNode? Find(string name) => Named(name) is { Kind: not ConfigNodeKind.Null } value ? value : null;

    /// <summary>The fields of an object among the fields; null where it is absent or another thing, which is reported.</summary>
    public ConfigFields? Child(string name) => Find(name) switch
    {
        null => null,
        { Kind: ConfigNodeKind.Map } map => new ConfigFields(map, file, problems),
        { } other => Wrong<ConfigFields?>(other, name, "an object", null),
    };

    /// <summary>A whole number that must be there; 0 after a problem was reported.</summary>
    public int RequiredInt(string name, int least, int most)
    {
        if (Named(name) is { } value) return Int(value, name, least, most) ?? 0;
        problems.Error(ProblemKinds.ConfigMissingField, file, $"'{name}' is missing: a whole number from {least} to {most} must be given", node.Line, node.Column);
        return 0;
    }

    /// <summary>A whole number; <paramref name="otherwise"/> where it is absent or null.</summary>
    public int OptionalInt(string name, int otherwise, int least, int most) =>
        Find(name) is { } value ? Int(value, name, least, most) ?? otherwise : otherwise;

    /// <summary>A number; <paramref name="otherwise"/> where it is absent.</summary>
    public double OptionalDouble(string name, double otherwise, double above, double most)
    {
        if (Named(name) is not { } value) return otherwise;
        if (value.Kind != ConfigNodeKind.Number) return Wrong(value, name, "a number", otherwise);
        bool parsed = double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        if (parsed && number > above && number <= most) return number;
        problems.Error(ProblemKinds.ConfigOutOfRange, file, FormattableString.Invariant($"'{name}': expected a number greater than {above} and at most {most}, found {value.Describe()}"), value.Line, value.Column);
        return otherwise;
    }

    /// <summary>A text; <paramref name="otherwise"/> where the field is absent. null is a value of the wrong type.</summary>
    public string OptionalText(string name, string otherwise)
    {
        if (Named(name) is not { } value) return otherwise;
        return value.Kind == ConfigNodeKind.Text ? value.Text : Wrong(value, name, "a string", otherwise);
    }

    /// <summary>true or false; <paramref name="otherwise"/> where the field is absent or null.</summary>
    public bool OptionalBool(string name, bool otherwise) => Find(name) switch
    {
        null => otherwise,
        { Kind: ConfigNodeKind.True } => true,
        { Kind: ConfigNodeKind.False } => false,
        { } value => Wrong(value, name, "true or false", otherwise),
    };

    /// <summary>Reports an error at <paramref name="place"/>.</summary>
    public void Error(ProblemKind kind, ConfigNode? place, string message) => problems.Error(kind, file, message, (place ?? node).Line, (place ?? node).Column);

    /// <summary>Reports a warning at <paramref name="place"/>.</summary>
    public void Warning(ProblemKind kind, ConfigNode? place, string message) => problems.Warning(kind, file, message, (place ?? node).Line, (place ?? node).Column);

    /// <summary>Reports a value of another type.</summary>
    public T Wrong<T>(ConfigNode value, string name, string expected, T otherwise)
    {
        problems.Error(ProblemKinds.ConfigWrongType, file, $"'{name}': expected {expected}, found {value.Describe()}", value.Line, value.Column);
        return otherwise;
    }

    private ConfigNode? Named(string name) => node[name] ?? (_aliases.FirstOrDefault(a => a.Name == name) is { } alias ? node[alias.Other] : null);

    private int? Int(ConfigNode value, string name, int least, int most)
    {
        if (value.Kind != ConfigNodeKind.Number || value.Text.IndexOfAny(['.', 'e', 'E']) >= 0)
        {
            return Wrong<int?>(value, name, "a whole number", null);
        }

        if (long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most)
        {
            return (int)number;
        }

        problems.Error(ProblemKinds.ConfigOutOfRange, file, $"'{name}': expected a whole number from {least} to {most}, found {value.Describe()}", value.Line, value.Column);
        return null;
    }
}
