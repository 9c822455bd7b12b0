using System.Globalization;
using BertCompiler.Core.Problems;

namespace BertCompiler.Core.Config;

/// <summary>
/// <c>id2label</c> and <c>num_labels</c>, read as transformers' <c>PretrainedConfig</c> does: without either, two labels; where they
/// contradict each other, num_labels counts and the names are made up.
/// </summary>
internal static class LabelReader
{
    public static EquatableArray<string> Read(ConfigFields fields)
    {
        ConfigNode? names = fields.Find("id2label");
        int count = fields.OptionalInt("num_labels", 0, 1, ConfigLimits.Labels);
        if (names is null) return Numbered(count == 0 ? 2 : count);
        if (names.Kind != ConfigNodeKind.Map) return fields.Wrong(names, "id2label", "an object of label ids and label texts", default(EquatableArray<string>));
        string[]? labels = Named(fields, names);
        if (labels is null || count == 0 || count == labels.Length) return new(labels ?? []);
        fields.Warning(ProblemKinds.ConfigInconsistent, names, $"'id2label' has {labels.Length} labels and 'num_labels' is {count}: num_labels counts, as in transformers, and the labels are called LABEL_0 … LABEL_{count - 1}");
        return Numbered(count);
    }

    private static string[]? Named(ConfigFields fields, ConfigNode names)
    {
        int n = names.Properties.Count;
        if (n > ConfigLimits.Labels)
        {
            fields.Error(ProblemKinds.ConfigOutOfRange, names, $"'id2label' has {n} labels; at most {ConfigLimits.Labels} are supported");
            return null;
        }

        var labels = new string[n];
        foreach (KeyValuePair<string, ConfigNode> pair in names.Properties)
        {
            bool isId = int.TryParse(pair.Key, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id < n && labels[id] is null;
            if (!isId)
            {
                fields.Error(ProblemKinds.ConfigInconsistent, pair.Value, $"'id2label' must have the ids 0 to {n - 1}, each once, for its {n} labels; found the id '{pair.Key}'");
                return null;
            }

            if (pair.Value.Kind != ConfigNodeKind.Text) return fields.Wrong<string[]?>(pair.Value, $"id2label.{pair.Key}", "a label text", null);
            labels[id] = pair.Value.Text;
        }

        return labels;
    }

    private static EquatableArray<string> Numbered(int count) =>
        new(Enumerable.Range(0, count).Select(i => "LABEL_" + i.ToString(CultureInfo.InvariantCulture)));
}
