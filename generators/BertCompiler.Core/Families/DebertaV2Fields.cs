using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>The fields of config.json that only DeBERTa-v2 has (<c>models/deberta_v2/configuration_deberta_v2.py</c>).</summary>
internal static class DebertaV2Fields
{
    private const string Positions = "max_position_embeddings";
    private const string Buckets = "position_buckets";
    private const string MostRelative = "max_relative_positions";
    private const string Kinds = "pos_att_type";
    private const string TableNorm = "norm_rel_ebd";
    private const string Kernel = "conv_kernel_size";
    private const string ConvolutionGroups = "conv_groups";

    /// <summary>Reads them; reports what is wrong.</summary>
    public static ModelConfig Read(ConfigFields fields, ModelConfig config)
    {
        RequireEqual(fields, "attention_head_size", config.HeadSize, "the quotient of 'hidden_size' and 'num_attention_heads'");
        RequireEqual(fields, "pooler_hidden_size", config.Hidden, "'hidden_size'");
        List<string> kinds = ReadKinds(fields);
        LayerSpec layer = config.Layers.First with { ScoreTerms = 1 + kinds.Count, Disentangled = ReadDisentangled(fields, config, kinds) };
        LayerSpec first = layer with { Convolution = ReadConvolution(fields, config) };
        bool isBiased = fields.OptionalBool("position_biased_input", true);
        Activation pooled = ConfigReader.ReadActivation(fields, "pooler_hidden_act");
        config = config with
        {
            Layers = LayerSchedule.Of([first, .. Enumerable.Repeat(layer, config.LayerCount - 1)]),
            Embedding = config.Embedding with
            {
                // Without a table of positions texts may be of any length.
                Positions = isBiased ? config.Positions : 0,
                PositionTable = isBiased ? PositionTable.Stored : PositionTable.None,
                HasProjectionBias = !config.Embedding.IsProjected,
                NormFollowsProjection = config.Embedding.IsProjected,
            },
        };
        if (fields.OptionalBool("legacy", true)) return WithPooled(config, pooled);
        if (config.Rule.Head == HeadKind.MaskedLanguageModel && config.EmbeddingWidth != config.Hidden)
        {
            fields.Error(ProblemKinds.ConfigInconsistent, fields.Find("legacy"), $"'legacy' is false: then '{config.Family.Config.EmbeddingWidth}' ({config.EmbeddingWidth}) must be 'hidden_size' ({config.Hidden})");
        }

        return WithPooled(DebertaV2Family.WithNewHead(config), pooled);
    }

    private static ModelConfig WithPooled(ModelConfig config, Activation pooled) =>
        config.WithParts(part => part.From == HeadInput.FirstToken ? part with { Activation = pooled } : part);

    /// <summary>Which products with distances are added: a list, or a text with bars.</summary>
    private static List<string> ReadKinds(ConfigFields fields)
    {
        ConfigNode? given = fields.Find(Kinds);
        var kinds = new List<string>();
        IEnumerable<string> names = given switch
        {
            null => [],
            { Kind: ConfigNodeKind.Text } => given.Text.ToLowerInvariant().Split('|').Select(name => name.Trim()).Where(name => name is not ("" or "none")),
            { Kind: ConfigNodeKind.List } when given.Items.All(i => i.Kind == ConfigNodeKind.Text) => given.Items.Select(i => i.Text),
            _ => fields.Wrong<string[]>(given, Kinds, "a list of strings, or a string", []),
        };
        foreach (string name in names)
        {
            if (name is "c2p" or "p2c") kinds.Add(name);
            else fields.Error(ProblemKinds.ConfigUnsupported, given, $"'{Kinds}': '{(name.Length <= 60 ? name : name[..60] + "…")}' is not supported (supported: c2p, p2c)");
        }

        return [.. kinds.Distinct()];
    }

    private static DisentangledSpec? ReadDisentangled(ConfigFields fields, ModelConfig config, List<string> kinds)
    {
        if (!fields.OptionalBool("relative_attention", false)) return null;
        int stated = fields.OptionalInt(MostRelative, -1, -1, ConfigLimits.Positions);
        int buckets = Math.Max(fields.OptionalInt(Buckets, -1, -1, ConfigLimits.Positions), 0);
        int most = stated < 1 ? config.Positions : stated;
        bool shares = fields.OptionalBool("share_att_key", false);
        bool normalizes = ReadTableNorm(fields);
        if (buckets == 1 || (buckets > 0 && most - 1 <= buckets / 2))
        {
            fields.Error(ProblemKinds.ConfigInconsistent, fields.Find(Buckets), $"'{Buckets}' is {buckets}: there must be two at least, and half of them must be below the greatest distance, {most - 1} (from '{(stated < 1 ? Positions : MostRelative)}')");
        }

        if (kinds.Count == 0) return null;
        return new DisentangledSpec
        {
            ContentToPosition = kinds.Contains("c2p"),
            PositionToContent = kinds.Contains("p2c"),
            SharesProjections = shares,
            Span = buckets > 0 ? buckets : most,
            Buckets = buckets,
            MaxDistance = most,
            NormalizesTable = normalizes,
        };
    }

    private static bool ReadTableNorm(ConfigFields fields)
    {
        bool normalizes = false;
        if (fields.Find(TableNorm) is null) return false;
        foreach (string name in fields.OptionalText(TableNorm, "none").ToLowerInvariant().Split('|').Select(name => name.Trim()))
        {
            if (name == "layer_norm") normalizes = true;
            else if (name is not ("" or "none")) fields.Error(ProblemKinds.ConfigUnsupported, fields.Find(TableNorm), $"'{TableNorm}': '{(name.Length <= 60 ? name : name[..60] + "…")}' is not supported (supported: none, layer_norm)");
        }

        return normalizes;
    }

    private static ConvolutionSpec? ReadConvolution(ConfigFields fields, ModelConfig config)
    {
        int width = fields.OptionalInt(Kernel, 0, 0, ConfigLimits.Convolution);
        if (width == 0) return null;
        int groups = fields.OptionalInt(ConvolutionGroups, 1, 1, ConfigLimits.Hidden);
        Activation activation = ConfigReader.ReadActivation(fields, "conv_act", "tanh");
        if (width % 2 == 0) fields.Error(ProblemKinds.ConfigInconsistent, fields.Find(Kernel), $"'{Kernel}' is {width}: it must be odd, so that as many tokens are seen on either side");
        if (config.Hidden % groups != 0) fields.Error(ProblemKinds.ConfigInconsistent, fields.Find(ConvolutionGroups), $"'hidden_size' ({config.Hidden}) is not a multiple of '{ConvolutionGroups}' ({groups})");
        return new ConvolutionSpec(width, groups, activation);
    }

    private static void RequireEqual(ConfigFields fields, string name, int expected, string what)
    {
        if (fields.Find(name) is null) return;
        int stated = fields.OptionalInt(name, expected, 1, ConfigLimits.Hidden);
        if (stated != expected) fields.Error(ProblemKinds.ConfigInconsistent, fields.Find(name), $"'{name}' is {stated}; it must be {what}, {expected}");
    }
}
