using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Config;

/// <summary>
/// Reads the config.json of a Pooling module (sentence-transformers, <c>Pooling.py</c>): flags <c>pooling_mode_…</c> in files up to 5.x,
/// which concatenate in one fixed order; <c>pooling_mode</c>, a name or a list in its own order, since.
/// </summary>
public static class PoolingReader
{
    private static readonly (string Flag, string Name, PoolingMode Mode)[] Modes =
    [
        ("pooling_mode_cls_token", "cls", PoolingMode.Cls),
        ("pooling_mode_max_tokens", "max", PoolingMode.Max),
        ("pooling_mode_mean_tokens", "mean", PoolingMode.Mean),
        ("pooling_mode_mean_sqrt_len_tokens", "mean_sqrt_len_tokens", PoolingMode.MeanSqrtLength),
        ("pooling_mode_weightedmean_tokens", "weightedmean", PoolingMode.WeightedMean),
        ("pooling_mode_lasttoken", "lasttoken", PoolingMode.LastToken),
    ];

    /// <summary>The poolings, in the order of concatenation, and whether prompts count; without poolings where problems were reported.</summary>
    /// <param name="root">The parsed file.</param>
    /// <param name="file">What the file is called in messages.</param>
    /// <param name="config">The model's configuration: the file states H too.</param>
    /// <param name="problems">Takes what was found.</param>
    public static SentenceSpec Read(ConfigNode root, string file, ModelConfig config, ProblemList problems)
    {
        int hidden = config.Hidden;
        if (root.Kind != ConfigNodeKind.Map)
        {
            problems.Error(ProblemKinds.ConfigMalformed, file, $"expected a JSON object with the pooling's configuration, found {root.Describe()}", root.Line, root.Column);
            return new SentenceSpec { Pooling = default };
        }

        int before = problems.Items.Count;
        var fields = new ConfigFields(root, file, problems);
        string width = root["embedding_dimension"] is null ? "word_embedding_dimension" : "embedding_dimension";
        int stated = fields.OptionalInt(width, hidden, 1, ConfigLimits.Hidden);
        if (stated != hidden) fields.Error(ProblemKinds.ConfigInconsistent, root[width], $"'{width}' is {stated}, and the model's '{config.Family.Config.Hidden}' is {hidden}");
        List<PoolingMode> modes = fields.Find("pooling_mode") is { } named ? Named(fields, named) : Flagged(fields);
        bool includePrompt = fields.OptionalBool("include_prompt", true);
        if (problems.Items.Count > before) return new SentenceSpec { Pooling = default };
        if (modes.Count == 0) fields.Error(ProblemKinds.ConfigInconsistent, null, "no pooling mode is switched on");
        return new SentenceSpec { Pooling = new(modes), IncludePrompt = includePrompt };
    }

    /// <summary>The mean is what sentence-transformers takes where the file does not speak of it.</summary>
    private static List<PoolingMode> Flagged(ConfigFields fields) =>
        [.. Modes.Where(m => fields.OptionalBool(m.Flag, m.Mode == PoolingMode.Mean)).Select(m => m.Mode)];

    private static List<PoolingMode> Named(ConfigFields fields, ConfigNode value)
    {
        var modes = new List<PoolingMode>();
        foreach (ConfigNode item in value.Kind == ConfigNodeKind.List ? value.Items : [value])
        {
            int index = item.Kind == ConfigNodeKind.Text ? Array.FindIndex(Modes, m => string.Equals(m.Name, item.Text, StringComparison.Ordinal)) : -1;
            if (index < 0)
            {
                fields.Error(ProblemKinds.ConfigUnsupported, item, $"'pooling_mode': {item.Describe()} is not supported (supported: {string.Join(", ", Modes.Select(m => m.Name))})");
                return [];
            }

            modes.Add(Modes[index].Mode);
        }

        if (modes.Count <= Modes.Length) return modes;
        fields.Error(ProblemKinds.ConfigOutOfRange, value, $"'pooling_mode' lists {modes.Count} modes; there are {Modes.Length}");
        return [];
    }
}
