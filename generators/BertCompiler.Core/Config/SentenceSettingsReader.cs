using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Config;

/// <summary>Reads config_sentence_transformers.json (sentence-transformers, <c>SentenceTransformer._load_sbert_model</c>, <c>_parse_model_config</c>).</summary>
public static class SentenceSettingsReader
{
    private const int MostPrompts = 1000;
    private const int LongestPrompt = 100_000;

    private static readonly Dictionary<string, Similarity> Similarities = new(StringComparer.Ordinal)
    {
        ["cosine"] = Similarity.Cosine,
        ["dot"] = Similarity.Dot,
        ["euclidean"] = Similarity.Euclidean,
        ["manhattan"] = Similarity.Manhattan,
    };

    /// <summary>Reads the file; what is wrong in it is reported.</summary>
    /// <param name="root">The parsed file.</param>
    /// <param name="file">What the file is called in messages.</param>
    /// <param name="problems">Takes what was found.</param>
    public static SentenceSettings Read(ConfigNode root, string file, ProblemList problems)
    {
        if (root.Kind != ConfigNodeKind.Map)
        {
            problems.Error(ProblemKinds.ConfigMalformed, file, $"expected a JSON object, found {root.Describe()}", root.Line, root.Column);
            return SentenceSettings.None;
        }

        var fields = new ConfigFields(root, file, problems);
        List<PromptSpec> prompts = ReadPrompts(fields);
        return new SentenceSettings
        {
            IsCrossEncoder = fields.Find("model_type") is { Kind: ConfigNodeKind.Text, Text: "CrossEncoder" },
            Prompts = new(prompts.Where(p => p.Text.Length > 0)),
            DefaultPrompt = ReadDefault(fields, prompts),
            Similarity = ReadSimilarity(fields),
            TruncateDimension = fields.OptionalInt("truncate_dim", 0, 1, int.MaxValue),
            MaxActiveDimensions = fields.OptionalInt("max_active_dims", 0, 1, int.MaxValue),
            Activation = TorchActivations.Read(fields, "activation_fn", otherwise: null, TorchActivations.OfScores),
        };
    }

    private static List<PromptSpec> ReadPrompts(ConfigFields fields)
    {
        var prompts = new List<PromptSpec>();
        if (fields.Find("prompts") is not { } map) return prompts;
        if (map.Kind != ConfigNodeKind.Map) return fields.Wrong(map, "prompts", "an object of names and texts", prompts);
        if (map.Properties.Count > MostPrompts)
        {
            fields.Error(ProblemKinds.ConfigOutOfRange, map, $"'prompts' has {map.Properties.Count} entries; at most {MostPrompts} are read");
            return prompts;
        }

        foreach (KeyValuePair<string, ConfigNode> prompt in map.Properties)
        {
            if (prompt.Value.Kind == ConfigNodeKind.Null) continue;
            if (prompt.Value.Kind != ConfigNodeKind.Text) fields.Wrong(prompt.Value, "prompts." + prompt.Key, "a text", 0);
            else if (prompt.Value.Text.Length > LongestPrompt) fields.Error(ProblemKinds.ConfigOutOfRange, prompt.Value, $"the prompt has {prompt.Value.Text.Length} characters; at most {LongestPrompt} are read");
            else prompts.Add(new PromptSpec(prompt.Key, prompt.Value.Text));
        }

        return prompts;
    }

    /// <summary>The default must be one of the prompts, or one of the two that always exist; an empty one is none.</summary>
    private static string? ReadDefault(ConfigFields fields, List<PromptSpec> prompts)
    {
        if (fields.Find("default_prompt_name") is not { } value) return null;
        string name = fields.OptionalText("default_prompt_name", "");
        if (value.Kind != ConfigNodeKind.Text) return null;
        PromptSpec? prompt = prompts.Find(p => string.Equals(p.Name, name, StringComparison.Ordinal));
        if (prompt is null && name is not ("query" or "document"))
        {
            fields.Error(ProblemKinds.ConfigInconsistent, value, $"'default_prompt_name': {value.Describe()} is none of the prompts ({string.Join(", ", prompts.Select(p => $"'{p.Name}'").DefaultIfEmpty("there are none"))})");
        }

        return prompt is { Text.Length: > 0 } ? name : null;
    }

    private static Similarity? ReadSimilarity(ConfigFields fields)
    {
        if (fields.Find("similarity_fn_name") is not { } value) return null;
        string name = fields.OptionalText("similarity_fn_name", "");
        if (Similarities.TryGetValue(name, out Similarity similarity)) return similarity;
        if (value.Kind == ConfigNodeKind.Text) fields.Error(ProblemKinds.ConfigUnsupported, value, $"'similarity_fn_name': {value.Describe()} is not supported (supported: {string.Join(", ", Similarities.Keys)})");
        return null;
    }
}
