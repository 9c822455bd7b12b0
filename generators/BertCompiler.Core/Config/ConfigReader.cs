using BertCompiler.Core.Families;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Config;

/// <summary>
/// Interprets config.json of the BERT family in every style that Hugging Face wrote (with and without <c>model_type</c>, defaults written
/// out or not). Sizes are never guessed; what would change the numbers and is not implemented is refused; other unknown fields are ignored.
/// </summary>
public static class ConfigReader
{
    /// <summary>MPNet's buckets of distances: however many rows the table has, these are used (<c>relative_position_bucket</c>).</summary>
    private const int LeastDistanceBuckets = 32;

    /// <summary>Reads a configuration; null where problems were reported that stop the import.</summary>
    /// <param name="root">The parsed file.</param>
    /// <param name="file">What the file is called in messages.</param>
    /// <param name="head">What is asked for, whatever the file names: a class of the family, or <see cref="HeadReader.Embedding"/>; null: nothing.</param>
    /// <param name="encoderOnly">Compile the encoder without a head where nothing is asked for, whatever class the file names.</param>
    /// <param name="problems">Takes what was found.</param>
    public static ModelConfig? Read(ConfigNode root, string file, string? head, bool encoderOnly, ProblemList problems)
    {
        if (root.Kind != ConfigNodeKind.Map)
        {
            problems.Error(ProblemKinds.ConfigMalformed, file, $"expected a JSON object with the model's configuration, found {root.Describe()}", root.Line, root.Column);
            return null;
        }

        int before = problems.Items.Count;
        var fields = new ConfigFields(root, file, problems);
        string? stated = FirstArchitecture(fields);
        Family family = ReadFamily(fields, stated ?? (HeadReader.FamilyOf(head) is null ? null : head));
        ConfigNames names = family.Config;
        fields.Alias(names.Aliases);
        RefuseUnsupported(fields);
        int vocabulary = fields.RequiredInt("vocab_size", 1, ConfigLimits.Vocabulary);
        int hidden = fields.RequiredInt(names.Hidden, 1, ConfigLimits.Hidden);
        ArchitectureRule rule = head is not null ? HeadReader.Read(fields, family, head) : encoderOnly ? family.Architectures[0] : ReadRule(fields, family, stated);
        if (rule.Head == HeadKind.MultipleChoice) RefuseOtherSummaries(fields);
        int heads = fields.RequiredInt(names.Heads, 1, ConfigLimits.Heads);
        int headSize = names.HeadSize is { } size && fields.Find(size) is not null ? fields.OptionalInt(size, 0, 1, ConfigLimits.Hidden) : hidden / Math.Max(heads, 1);
        int layers = fields.RequiredInt(names.Layers, 1, ConfigLimits.Layers);
        var layer = new LayerSpec
        {
            Heads = heads,
            HeadSize = headSize,
            Relative = ReadRelativePositions(fields, family),
            DistanceBuckets = family.BucketTable is null ? 0 : fields.OptionalInt("relative_attention_num_buckets", LeastDistanceBuckets, LeastDistanceBuckets, ConfigLimits.Positions),
            FeedForward = fields.RequiredInt(names.FeedForward, 1, ConfigLimits.FeedForward),
            Activation = ReadActivation(fields, names.Activation, names.DefaultActivation),
            Epsilon = family.FixedEpsilon ?? fields.OptionalDouble(names.Epsilon, names.DefaultEpsilon, 0, 1),
        };
        EmbeddingSpec embedding = ReadEmbedding(fields, family, vocabulary, hidden, layer);
        var config = new ModelConfig
        {
            Family = family,
            Rule = rule,
            Hidden = hidden,
            Heads = heads,
            HeadSize = headSize,
            LayerCount = layers,
            Layers = LayerSchedule.Uniform(layer, layers),
            Embedding = embedding,
            FeedForward = layer.FeedForward,
            Vocabulary = vocabulary,
            EmbeddingWidth = embedding.Width,
            Sinusoidal = names.Sinusoidal is { } sinusoidal && fields.OptionalBool(sinusoidal, false),
            TiesWords = fields.OptionalBool("tie_word_embeddings", names.TiesWordsByDefault),
            Positions = embedding.Positions,
            TokenTypes = embedding.TokenTypes,
            PadTokenId = embedding.PadTokenId,
            Epsilon = layer.Epsilon,
            Activation = layer.Activation,
            Labels = LabelReader.Read(fields),
            ProblemType = ProblemTypeReader.Read(fields),
            LabelsLine = (fields.Find("id2label") ?? fields.Find("num_labels"))?.Line ?? 0,
        };
        if (config.Labels.Count == 0 && rule.Parts.Any(p => p.Columns == HeadColumns.Labels) && fields.Find("id2label") is { Kind: ConfigNodeKind.Map, Properties.Count: 0 } none)
        {
            fields.Error(ProblemKinds.ConfigInconsistent, none, $"'id2label' is empty: {rule.Architecture} needs at least one label");
        }

        if (config is { Hidden: > 0, Heads: > 0 } && config.Hidden % config.Heads != 0 && (names.HeadSize is null || fields.Find(names.HeadSize) is null))
        {
            fields.Error(ProblemKinds.ConfigInconsistent, fields.Find(names.Heads), $"'{names.Hidden}' ({config.Hidden}) is not a multiple of '{names.Heads}' ({config.Heads})");
        }

        if (hasErrors()) return null;
        if (family.Read is { } read) config = read(fields, config);
        if (config.HeadSize % 2 != 0 && config.Layers.Kinds.Any(k => k.Rotary is not null))
        {
            fields.Error(ProblemKinds.ConfigInconsistent, fields.Find(names.Heads), $"heads of {config.HeadSize} numbers ('{names.Hidden}' / '{names.Heads}') cannot be rotated in pairs: expected an even number");
        }

        return hasErrors() ? null : config;

        bool hasErrors() => problems.Items.Skip(before).Any(p => p.Severity == Severity.Error);
    }

    private static EmbeddingSpec ReadEmbedding(ConfigFields fields, Family family, int vocabulary, int hidden, LayerSpec layer)
    {
        ConfigNames names = family.Config;
        int otherwise = names.DefaultEmbeddingWidth > 0 ? names.DefaultEmbeddingWidth : Math.Max(hidden, 1);
        int width = names.EmbeddingWidth is { } field ? fields.OptionalInt(field, otherwise, 1, ConfigLimits.Hidden) : hidden;

        // With a vector for each distance nothing is added to the embedding (transformers 4.x, BertEmbeddings); MPNet has both.
        bool isByDistanceAlone = layer.Relative is RelativePositions.Key or RelativePositions.KeyQuery;
        return new EmbeddingSpec
        {
            Vocabulary = vocabulary,
            Width = width,
            Positions = fields.RequiredInt(names.Positions, 1, ConfigLimits.Positions),
            PositionTable = isByDistanceAlone || family.PositionTable.Length == 0 ? PositionTable.None : PositionTable.Stored,
            PositionRule = isByDistanceAlone ? PositionRule.Sequential : family.Positions,
            TokenTypes = family.TypeTable is null ? 0 : fields.OptionalInt("type_vocab_size", names.DefaultTokenTypes, names.LeastTokenTypes, ConfigLimits.TokenTypes),
            PadTokenId = ReadPadTokenId(fields, family, vocabulary),
            Norm = family.EmbeddingNorm is null ? null : NormKind.LayerNorm,
            IsProjected = width != hidden && family.EmbeddingProjection is not null,
            Epsilon = layer.Epsilon,
        };
    }

    /// <summary>Files before 2020 have no model_type; the class's name then tells the family, as in transformers.</summary>
    private static Family ReadFamily(ConfigFields fields, string? architecture)
    {
        string all = string.Join(", ", Family.All.Select(f => f.ModelType));
        Family assumed = BertFamily.Description;
        string type = fields.OptionalText("model_type", "");
        if (type.Length > 0)
        {
            if (Family.Find(type) is { } family) return family;
            fields.Error(ProblemKinds.ConfigUnsupported, fields.Find("model_type"), $"'model_type': '{Shorten(type)}' is not supported (supported: {all})");
        }
        else if (architecture is null)
        {
            fields.Warning(ProblemKinds.ConfigMissingField, null, $"neither 'model_type' nor 'architectures' is given: '{assumed.ModelType}' is assumed");
        }
        else
        {
            if (Family.All.FirstOrDefault(f => f.Architectures.Any(a => a.Architecture == architecture)) is { } family) return family;
            fields.Error(ProblemKinds.ConfigUnsupported, fields.Find("architectures"), $"'architectures': '{Shorten(architecture)}' is not supported, and 'model_type' is missing (supported: {all})");
        }

        return assumed;
    }

    private static ArchitectureRule ReadRule(ConfigFields fields, Family family, string? name)
    {
        if (name is null) return family.Architectures[0];
        if (family.Rule(name) is { } rule) return rule;
        fields.Error(ProblemKinds.ConfigUnsupported, fields.Find("architectures"), $"'architectures': the class '{Shorten(name)}' is not supported (supported: {string.Join(", ", family.Architectures.Select(a => a.Architecture))})");
        return family.Architectures[0];
    }

    /// <summary>The first name counts, as in transformers; null where there is none.</summary>
    private static string? FirstArchitecture(ConfigFields fields)
    {
        const string expected = "a list of class names";
        ConfigNode? list = fields.Find("architectures");
        if (list is null) return null;
        if (list.Kind != ConfigNodeKind.List) return fields.Wrong<string?>(list, "architectures", expected, null);
        if (list.Items.Count == 0) return null;
        ConfigNode first = list.Items[0];
        return first.Kind == ConfigNodeKind.Text ? first.Text : fields.Wrong<string?>(first, "architectures", expected, null);
    }

    /// <summary>What would silently give other numbers.</summary>
    private static void RefuseUnsupported(ConfigFields fields)
    {
        if (fields.OptionalBool("is_decoder", false))
        {
            fields.Error(ProblemKinds.ConfigUnsupported, fields.Find("is_decoder"), "'is_decoder' is true: a causal decoder is not an encoder");
        }
        else if (fields.OptionalBool("add_cross_attention", false))
        {
            fields.Error(ProblemKinds.ConfigUnsupported, fields.Find("add_cross_attention"), "'add_cross_attention' is true: cross-attention belongs to decoders");
        }

        if (fields.Find("pruned_heads") is { Properties.Count: > 0 } pruned)
        {
            fields.Error(ProblemKinds.ConfigUnsupported, pruned, "'pruned_heads' names heads that were cut out of the model; such models are not supported");
        }

        if (fields.Find("quantization_config") is { } quantization)
        {
            fields.Error(ProblemKinds.ConfigUnsupported, quantization, "'quantization_config': the weights are quantised; give the model with fp32, fp16 or bf16 weights");
        }
    }

    /// <summary>ELECTRA's multiple choice can be told to sum a text up in other ways; every released model keeps the default.</summary>
    private static void RefuseOtherSummaries(ConfigFields fields)
    {
        RefuseOther(fields, "summary_type", fields.OptionalText("summary_type", "first"), "first");
        RefuseOther(fields, "summary_activation", fields.Find("summary_activation") is null ? "gelu" : fields.OptionalText("summary_activation", "gelu"), "gelu");
        RefuseOther(fields, "summary_use_proj", fields.OptionalBool("summary_use_proj", true) ? "true" : "false", "true");
    }

    /// <summary>Reports a field whose value would mean other numbers.</summary>
    internal static void RefuseOther(ConfigFields fields, string name, string value, string supported)
    {
        if (value != supported) fields.Error(ProblemKinds.ConfigUnsupported, fields.Find(name), $"'{name}': '{Shorten(value)}' is not supported (supported: {supported})");
    }

    /// <summary>MPNet's buckets are fixed; other families may say <c>relative_key</c> or <c>relative_key_query</c>.</summary>
    private static RelativePositions ReadRelativePositions(ConfigFields fields, Family family)
    {
        if (family.BucketTable is not null) return RelativePositions.Buckets;
        const string field = "position_embedding_type";
        string positions = fields.OptionalText(field, "absolute");
        if (positions == "absolute") return RelativePositions.None;

        // What files of models with rotary positions may say, where the family has no others.
        if (family.PositionTable.Length == 0 && positions is ("rope" or "rotary")) return RelativePositions.None;
        if (family.DistanceTable is not null)
        {
            if (positions == "relative_key") return RelativePositions.Key;
            if (positions == "relative_key_query") return RelativePositions.KeyQuery;
        }

        string supported = family.DistanceTable is null ? "absolute" : "absolute, relative_key, relative_key_query";
        fields.Error(ProblemKinds.ConfigUnsupported, fields.Find(field), $"'{field}': '{Shorten(positions)}' is not supported (supported: {supported})");
        return RelativePositions.None;
    }

    private static int ReadPadTokenId(ConfigFields fields, Family family, int vocabulary)
    {
        int stated = fields.OptionalInt("pad_token_id", family.DefaultPadTokenId, 0, Math.Max(vocabulary, 1) - 1);
        int id = family.FixedPadTokenId ?? stated;
        if (vocabulary > 0 && id >= vocabulary)
        {
            fields.Error(ProblemKinds.ConfigInconsistent, fields.Find("vocab_size"), $"'vocab_size' is {vocabulary}; the family's pad_token_id, {id}, must be below");
        }

        return id;
    }

    /// <summary>An activation by its name.</summary>
    internal static Activation ReadActivation(ConfigFields fields, string field, string otherwise = "gelu")
    {
        string name = fields.OptionalText(field, otherwise);
        if (ActivationNames.Find(name) is { } activation) return activation;
        fields.Error(ProblemKinds.ConfigUnsupported, fields.Find(field), $"'{field}': no activation '{Shorten(name)}' (supported: {string.Join(", ", ActivationNames.All)})");
        return Activation.GeluErf;
    }

    /// <summary>A text as messages show it.</summary>
    internal static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
