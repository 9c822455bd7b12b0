using System.Globalization;
using BertCompiler.Core.Spec;
using BertCompiler.Core.Spec.Steps;

namespace BertCompiler.Core.Emit.Tokenizers;

/// <summary>What steps need beside the text and have in fields: patterns, and tables of the packed file.</summary>
internal sealed class StepFields
{
    private readonly PatternArgument[] _patterns;
    private readonly MapArgument[] _maps;

    public StepFields(TokenizerSpec t)
    {
        StepArgument[] all = [.. t.Normalizers.Concat(t.PreTokenizers).Concat(t.Decoders).SelectMany(s => s.Arguments)];
        _patterns = [.. all.OfType<PatternArgument>().Distinct()];
        _maps = [.. all.OfType<MapArgument>().Distinct().OrderBy(m => m.Index)];
    }

    /// <summary>Whether there are any.</summary>
    public bool Any => _patterns.Length + _maps.Length > 0;

    /// <summary>Name of a table's field.</summary>
    public static string NameOf(MapArgument map) => "_replacements" + (map.Index == 0 ? "" : map.Index.ToString(CultureInfo.InvariantCulture));

    /// <summary>Name of a pattern's field.</summary>
    public string NameOf(PatternArgument pattern) => "_pattern" + (Array.IndexOf(_patterns, pattern) + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>The fields.</summary>
    public void Write(CodeWriter w)
    {
        foreach (PatternArgument pattern in _patterns)
        {
            w.Line($"private static readonly tk.TextPattern {NameOf(pattern)} = new({PatternCode.Arguments(pattern)}); // {PatternCode.Shown(pattern)}");
        }

        foreach (MapArgument map in _maps)
        {
            w.Line(FormattableString.Invariant($"private readonly tk.CharacterMap {NameOf(map)} = new(tables, {map.Index});"));
        }
    }
}
