using BertCompiler.Core.Config;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Weights;

/// <summary>
/// The manifest as text: one fact a line, <c>key value</c>, tensors last. Written by the import, read by the generator; every text is
/// escaped, so that a line is always one line. What is read is checked as far as planning and emitting rely on it.
/// </summary>
public static class ManifestText
{
    /// <summary>First line of every manifest; the number changes with the meaning of any line.</summary>
    public const string Signature = "bertmanifest 3";

    /// <summary>What the line <c>kind</c> says.</summary>
    internal const string Kind = "model";

    /// <summary>The text of a manifest. Same manifest, same bytes.</summary>
    public static string Write(Manifest manifest)
    {
        ModelSpec s = manifest.Spec;
        var lines = new ManifestWriter(Kind);
        lines.Text("name", s.Name);
        lines.Text("family", s.Family);
        lines.Text("architecture", s.Architecture);
        WriteEncoder(s, lines);
        lines.Flag("pooler", s.HasPooler);
        lines.Number("max-tokens", s.MaxTokens);
        WriteHead(s.Head, lines);
        if (s.Sentence is { } sentence) SentenceLines.Write(sentence, lines);
        if (s.Tokenizer is { } tokenizer) TokenizerLines.Write(tokenizer, lines);
        lines.Number("parameters", manifest.Parameters);
        lines.Text("source-dtype", manifest.SourceDtype);
        lines.Text("content-hash", manifest.ContentHash);
        lines.Number("file-bytes", manifest.FileBytes);
        lines.Number("tokenizer-bytes", manifest.TokenizerBytes);
        WriteTensors(lines, WeightPlanner.Plan(s));
        return lines.ToString();
    }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="FormatException">Not a manifest of this version; the message says which line and why.</exception>
    public static Manifest Read(string text)
    {
        var fields = ManifestFields.Parse(text);
        return fields.Kind == Kind ? Read(fields) : throw new FormatException($"'kind': expected '{Kind}', found '{fields.Kind}'");
    }

    internal static Manifest Read(ManifestFields fields)
    {
        var manifest = new Manifest
        {
            Spec = ReadSpec(fields),
            ContentHash = fields.Hash("content-hash"),
            FileBytes = fields.Long("file-bytes"),
            TokenizerBytes = fields.Long("tokenizer-bytes"),
            Parameters = fields.Long("parameters"),
            SourceDtype = fields.Text("source-dtype"),
        };
        ManifestCheck.Check(manifest.Spec);
        return manifest;
    }

    private static void WriteEncoder(ModelSpec s, ManifestWriter lines)
    {
        lines.Number("hidden", s.Hidden);
        lines.Number("layers", s.Layers);
        lines.Number("heads", s.Layer.Heads);
        lines.Number("head-size", s.Layer.HeadSize);
        lines.Choice("relative-positions", s.Layer.Relative);
        if (s.Layer.DistanceBuckets > 0) lines.Number("distance-buckets", s.Layer.DistanceBuckets);
        lines.Number("feed-forward", s.Layer.FeedForward);
        lines.Choice("activation", s.Layer.Activation);
        lines.Number("layer-norm-eps", s.Layer.Epsilon);
        lines.Number("vocabulary", s.Embedding.Vocabulary);
        lines.Number("embedding-width", s.Embedding.Width);
        lines.Number("positions", s.Embedding.Positions);
        lines.Choice("position-table", s.Embedding.PositionTable);
        lines.Choice("position-rule", s.Embedding.PositionRule);
        lines.Number("token-types", s.Embedding.TokenTypes);
        lines.Number("pad-token-id", s.Embedding.PadTokenId);
        lines.Number("embedding-norm-eps", s.Embedding.Epsilon);
    }

    private static void WriteHead(HeadSpec head, ManifestWriter lines)
    {
        lines.Choice("head", head.Kind);
        lines.Choice("head-activation", head.Activation);
        lines.Flag("head-ties-words", head.TiesWords);
        if (head.ProblemType is { } problem) lines.Choice("problem-type", problem);
        foreach (string label in head.Labels) lines.Text("label", label);
        if (head.RerankFunction is { } rerank) lines.Choice("rerank-function", rerank);
        if (head.Sparse is { } sparse) SentenceLines.Write(sparse, lines);
    }

    private static ModelSpec ReadSpec(ManifestFields fields)
    {
        int vocabulary = fields.Int("vocabulary", 1, ConfigLimits.Vocabulary);
        return new ModelSpec
        {
            Name = fields.Text("name"),
            Family = fields.Text("family"),
            Architecture = fields.Text("architecture"),
            Hidden = fields.Int("hidden", 1, ConfigLimits.Hidden),
            Layers = fields.Int("layers", 1, ConfigLimits.Layers),
            Layer = new LayerSpec
            {
                Heads = fields.Int("heads", 1, ConfigLimits.Heads),
                HeadSize = fields.Int("head-size", 1, ConfigLimits.Hidden),
                Relative = fields.Enum<RelativePositions>("relative-positions"),
                DistanceBuckets = fields.IntOrZero("distance-buckets", ConfigLimits.Positions),
                FeedForward = fields.Int("feed-forward", 1, ConfigLimits.FeedForward),
                Activation = fields.Enum<Activation>("activation"),
                Epsilon = fields.Epsilon("layer-norm-eps"),
            },
            Embedding = new EmbeddingSpec
            {
                Vocabulary = vocabulary,
                Width = fields.Int("embedding-width", 1, ConfigLimits.Hidden),
                Positions = fields.Int("positions", 1, ConfigLimits.Positions),
                PositionTable = fields.Enum<PositionTable>("position-table"),
                PositionRule = fields.Enum<PositionRule>("position-rule"),
                TokenTypes = fields.Int("token-types", 0, ConfigLimits.TokenTypes),
                PadTokenId = fields.Int("pad-token-id", 0, vocabulary - 1),
                Epsilon = fields.Epsilon("embedding-norm-eps"),
            },
            HasPooler = fields.Bool("pooler"),
            MaxTokens = fields.Int("max-tokens", 1, ConfigLimits.Positions),
            Head = ReadHead(fields),
            Sentence = SentenceLines.Read(fields),
            Tokenizer = TokenizerLines.Read(fields),
        };
    }

    private static HeadSpec ReadHead(ManifestFields fields) => new()
    {
        Kind = fields.Enum<HeadKind>("head"),
        Activation = fields.Enum<Activation>("head-activation"),
        TiesWords = fields.Bool("head-ties-words"),
        ProblemType = fields.Has("problem-type") ? fields.Enum<ProblemType>("problem-type") : null,
        Labels = new(fields.All("label")),
        RerankFunction = fields.Has("rerank-function") ? fields.Enum<Activation>("rerank-function") : null,
        Sparse = SentenceLines.ReadSparse(fields),
    };

    /// <summary>The table of tensors is for people and for tools; the generator derives it from the spec again.</summary>
    private static void WriteTensors(ManifestWriter lines, WeightPlan plan)
    {
        lines.Comment("tensor NAME LAYOUT ROWS COLUMNS OFFSET BYTES; a layer's offsets count from first-layer + layer × layer-bytes");
        lines.Number("first-layer", plan.FirstLayer);
        lines.Number("layer-bytes", plan.LayerBytes);
        foreach (PackedTensor t in plan.Shared) WriteTensor(lines, "tensor", t);
        foreach (PackedTensor t in plan.Layer) WriteTensor(lines, "layer-tensor", t);
    }

    private static void WriteTensor(ManifestWriter lines, string key, PackedTensor t) =>
        lines.Structured(key, FormattableString.Invariant($"{t.Name} {t.Layout} {t.Rows} {t.Columns} {t.Offset} {t.Bytes}"));
}
