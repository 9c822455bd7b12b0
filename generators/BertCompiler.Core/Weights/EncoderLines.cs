using System.Globalization;
using BertCompiler.Core.Config;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Weights;

/// <summary>The encoder in a manifest: its tables, a line for each kind of layer, and which layer is of which kind.</summary>
internal static class EncoderLines
{
    private const string Kind = "layer-kind";
    private const string Order = "layer-order";
    private const string Rotary = "rotary";
    private const string Disentangled = "disentangled";
    private const string Convolution = "convolution";

    public static void Write(ModelSpec s, ManifestWriter lines)
    {
        lines.Number("hidden", s.Hidden);
        lines.Number("layers", s.Layers.Count);
        for (int kind = 0; kind < s.Layers.Kinds.Count; kind++) WriteKind(s.Layers.Kinds[kind], kind, lines);
        if (!s.Layers.IsUniform)
        {
            lines.Comment("for each layer KIND/WEIGHTS: its kind, and the number of its set of weights");
            lines.Structured(Order, string.Join(" ", s.Layers.Uses.Select(u => FormattableString.Invariant($"{u.Kind}/{u.Weights}"))));
            if (s.Layers.SetsInGroup > 1) lines.Number("layer-sets-in-group", s.Layers.SetsInGroup);
        }

        if (s.FinalNorm is { } norm) lines.Choice("final-norm", norm);
        WriteEmbedding(s.Embedding, lines);
    }

    public static LayerSchedule ReadLayers(ManifestFields fields)
    {
        int count = fields.Int("layers", 1, ConfigLimits.Layers);
        LayerSpec[] kinds = [.. fields.AllAsWritten(Kind).Select((line, kind) => ReadKind(new LineParts(Kind, line), fields, kind))];
        if (kinds.Length == 0) throw new FormatException($"expected a line '{Kind}', found none");
        foreach (string key in new[] { Rotary, Disentangled, Convolution }) RequireKinds(fields, key, kinds.Length);
        if (!fields.Has(Order))
        {
            return kinds.Length == 1 ? LayerSchedule.Uniform(kinds[0], count) : throw new FormatException($"'{Order}': it is missing, and there are {kinds.Length} kinds of layers");
        }

        string[] uses = fields.Text(Order).Split(' ');
        if (uses.Length != count) throw new FormatException($"'{Order}': expected {count} layers, found {uses.Length}");
        return new LayerSchedule
        {
            Kinds = new(kinds),
            Uses = new(uses.Select(use => ReadUse(use, kinds.Length, count))),
            SetsInGroup = fields.Has("layer-sets-in-group") ? fields.Int("layer-sets-in-group", 1, ConfigLimits.Layers) : 1,
        };
    }

    public static EmbeddingSpec ReadEmbedding(ManifestFields fields)
    {
        int vocabulary = fields.Int("vocabulary", 1, ConfigLimits.Vocabulary);
        return new EmbeddingSpec
        {
            Vocabulary = vocabulary,
            Width = fields.Int("embedding-width", 1, ConfigLimits.Hidden),
            IsProjected = fields.Has("embedding-projection"),
            HasProjectionBias = !fields.Has("embedding-projection") || fields.Bool("embedding-projection"),
            Positions = fields.Int("positions", 0, ConfigLimits.Positions),
            PositionTable = fields.Enum<PositionTable>("position-table"),
            PositionRule = fields.Enum<PositionRule>("position-rule"),
            TokenTypes = fields.Int("token-types", 0, ConfigLimits.TokenTypes),
            TaskTypes = fields.IntOrZero("task-types", ConfigLimits.TokenTypes),
            PadTokenId = fields.Int("pad-token-id", 0, vocabulary - 1),
            Norm = fields.Has("embedding-norm") ? fields.Enum<NormKind>("embedding-norm") : null,
            NormFollowsProjection = fields.Has("embedding-norm-follows-projection") && fields.Bool("embedding-norm-follows-projection"),
            Epsilon = fields.Epsilon("embedding-norm-eps"),
        };
    }

    private static void WriteEmbedding(EmbeddingSpec e, ManifestWriter lines)
    {
        lines.Number("vocabulary", e.Vocabulary);
        lines.Number("embedding-width", e.Width);
        if (e.IsProjected)
        {
            lines.Comment("embedding-projection: whether that product has a bias");
            lines.Flag("embedding-projection", e.HasProjectionBias);
        }

        lines.Number("positions", e.Positions);
        lines.Choice("position-table", e.PositionTable);
        lines.Choice("position-rule", e.PositionRule);
        lines.Number("token-types", e.TokenTypes);
        if (e.TaskTypes > 0) lines.Number("task-types", e.TaskTypes);
        lines.Number("pad-token-id", e.PadTokenId);
        if (e.Norm is { } norm) lines.Choice("embedding-norm", norm);
        if (e.NormFollowsProjection) lines.Flag("embedding-norm-follows-projection", true);
        lines.Number("embedding-norm-eps", e.Epsilon);
    }

    private static void WriteKind(LayerSpec layer, int kind, ManifestWriter lines)
    {
        lines.Structured(Kind, new LineBuilder()
            .Add("heads", layer.Heads).Add("head-size", layer.HeadSize).Add("key-value-heads", layer.KeyValueHeads, 0)
            .Add("relative-positions", layer.Relative, RelativePositions.None).Add("distance-buckets", layer.DistanceBuckets, 0)
            .Add("score-terms", layer.ScoreTerms, 1).Add("window", layer.Window ?? -1, -1)
            .Add("attention-bias", layer.HasAttentionBias, true).Add("attention-output-bias", layer.HasAttentionOutputBias, true)
            .Add("feed-forward", layer.FeedForward).Add("activation", (Activation?)layer.Activation).Add("gated", layer.IsGated, false)
            .Add("intermediate-bias", layer.HasIntermediateBias, true).Add("output-bias", layer.HasOutputBias, true)
            .Add("norm", layer.Norm, NormKind.LayerNorm).Add("norm-placement", layer.NormPlacement, NormPlacement.AfterSum)
            .Add("normalizes-attention-input", layer.NormalizesAttentionInput, true).Add("eps", layer.Epsilon).ToString());
        if (layer.Rotary is { } rotary)
        {
            lines.Structured(Rotary, new LineBuilder()
                .Add("kind", kind).Add("base", rotary.Base).Add("pairing", (RotaryPairing?)rotary.Pairing).Add("values", rotary.RotatesValues, false).Add("table", (RotaryTable?)rotary.Table).ToString());
        }

        if (layer.Disentangled is { } d)
        {
            lines.Structured(Disentangled, new LineBuilder()
                .Add("kind", kind).Add("content-to-position", d.ContentToPosition, false).Add("position-to-content", d.PositionToContent, false).Add("shared", d.SharesProjections, false)
                .Add("span", d.Span).Add("buckets", d.Buckets).Add("max-distance", d.MaxDistance).Add("normalizes", d.NormalizesTable, false).ToString());
        }

        if (layer.Convolution is { } c)
        {
            lines.Structured(Convolution, new LineBuilder().Add("kind", kind).Add("width", c.Width).Add("groups", c.Groups).Add("activation", (Activation?)c.Activation).ToString());
        }
    }

    private static LayerSpec ReadKind(LineParts parts, ManifestFields fields, int kind) => new()
    {
        Heads = parts.Int("heads", 1, ConfigLimits.Heads),
        HeadSize = parts.Int("head-size", 1, ConfigLimits.Hidden),
        KeyValueHeads = parts.IntOr("key-value-heads", 1, ConfigLimits.Heads, 0),
        Relative = parts.EnumOr("relative-positions", RelativePositions.None),
        DistanceBuckets = parts.IntOr("distance-buckets", 1, ConfigLimits.Positions, 0),
        ScoreTerms = parts.IntOr("score-terms", 1, 3, 1),
        Window = parts.Has("window") ? parts.Int("window", 0, ConfigLimits.Positions) : null,
        HasAttentionBias = parts.Bool("attention-bias", true),
        HasAttentionOutputBias = parts.Bool("attention-output-bias", true),
        FeedForward = parts.Int("feed-forward", 1, ConfigLimits.FeedForward),
        Activation = parts.Enum<Activation>("activation"),
        IsGated = parts.Bool("gated", false),
        HasIntermediateBias = parts.Bool("intermediate-bias", true),
        HasOutputBias = parts.Bool("output-bias", true),
        Norm = parts.EnumOr("norm", NormKind.LayerNorm),
        NormPlacement = parts.EnumOr("norm-placement", NormPlacement.AfterSum),
        NormalizesAttentionInput = parts.Bool("normalizes-attention-input", true),
        Epsilon = parts.Number("eps", 1),
        Rotary = Of(fields, Rotary, kind) is { } r ? new RotarySpec(r.Number("base", double.MaxValue), r.Enum<RotaryPairing>("pairing"), r.Bool("values", false), r.Enum<RotaryTable>("table")) : null,
        Disentangled = Of(fields, Disentangled, kind) is { } d ? ReadDisentangled(d) : null,
        Convolution = Of(fields, Convolution, kind) is { } c ? new ConvolutionSpec(c.Int("width", 1, ConfigLimits.Convolution), c.Int("groups", 1, ConfigLimits.Hidden), c.Enum<Activation>("activation")) : null,
    };

    private static DisentangledSpec ReadDisentangled(LineParts parts) => new()
    {
        ContentToPosition = parts.Bool("content-to-position", false),
        PositionToContent = parts.Bool("position-to-content", false),
        SharesProjections = parts.Bool("shared", false),
        Span = parts.Int("span", 1, ConfigLimits.Positions),
        Buckets = parts.Int("buckets", 0, ConfigLimits.Positions),
        MaxDistance = parts.Int("max-distance", 1, ConfigLimits.Positions),
        NormalizesTable = parts.Bool("normalizes", false),
    };

    /// <summary>The line of that key for a kind of layer; null: there is none.</summary>
    private static LineParts? Of(ManifestFields fields, string key, int kind)
    {
        LineParts[] parts = [.. fields.AllAsWritten(key).Select(line => new LineParts(key, line)).Where(p => p.Int("kind", 0, ConfigLimits.Layers) == kind)];
        return parts.Length > 1 ? throw new FormatException($"'{key}': two lines for the kind {kind}") : parts.FirstOrDefault();
    }

    /// <summary>A line for a kind that there is not would be passed over.</summary>
    private static void RequireKinds(ManifestFields fields, string key, int kinds)
    {
        foreach (string line in fields.AllAsWritten(key))
        {
            int kind = new LineParts(key, line).Int("kind", 0, ConfigLimits.Layers);
            if (kind >= kinds) throw new FormatException($"'{key}': there is no kind {kind} of layers");
        }
    }

    private static LayerUse ReadUse(string text, int kinds, int layers)
    {
        string[] parts = text.Split('/');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int kind) && kind < kinds
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int weights) && weights < layers
            ? new LayerUse(kind, weights)
            : throw new FormatException($"'{Order}': expected KIND/WEIGHTS, found '{ManifestFields.Shorten(text)}'");
    }
}
