using System.Globalization;
using System.Text;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Weights;

/// <summary>
/// The manifest as text: one fact a line, <c>key value</c>, tensors last. Written by the import, read by the generator; texts from the
/// model (labels, names) are escaped, so that a line is always one line.
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
        var text = new StringBuilder();
        text.Append(Signature).Append('\n');
        Line(text, "kind", Kind);
        Line(text, "name", Escape(s.Name));
        Line(text, "family", s.Family);
        Line(text, "architecture", s.Architecture);
        Line(text, "hidden", s.Hidden);
        Line(text, "layers", s.Layers);
        Line(text, "heads", s.Layer.Heads);
        Line(text, "head-size", s.Layer.HeadSize);
        Line(text, "relative-positions", s.Layer.Relative);
        if (s.Layer.DistanceBuckets > 0) Line(text, "distance-buckets", s.Layer.DistanceBuckets);
        Line(text, "feed-forward", s.Layer.FeedForward);
        Line(text, "activation", s.Layer.Activation);
        Line(text, "layer-norm-eps", s.Layer.Epsilon);
        Line(text, "vocabulary", s.Embedding.Vocabulary);
        Line(text, "embedding-width", s.Embedding.Width);
        Line(text, "positions", s.Embedding.Positions);
        Line(text, "position-table", s.Embedding.PositionTable);
        Line(text, "position-rule", s.Embedding.PositionRule);
        Line(text, "token-types", s.Embedding.TokenTypes);
        Line(text, "pad-token-id", s.Embedding.PadTokenId);
        Line(text, "embedding-norm-eps", s.Embedding.Epsilon);
        Line(text, "pooler", s.HasPooler);
        Line(text, "max-tokens", s.MaxTokens);
        Line(text, "head", s.Head.Kind);
        Line(text, "head-activation", s.Head.Activation);
        Line(text, "head-ties-words", s.Head.TiesWords);
        if (s.Head.ProblemType is { } problem) Line(text, "problem-type", problem);
        foreach (string label in s.Head.Labels) Line(text, "label", Escape(label));
        if (s.Head.RerankFunction is { } rerank) Line(text, "rerank-function", rerank);
        if (s.Head.Sparse is { } sparse) SentenceLines.Write(sparse, (key, value) => Line(text, key, value));
        if (s.Sentence is { } sentence) SentenceLines.Write(sentence, (key, value) => Line(text, key, value));

        if (s.Tokenizer is { } tokenizer) TokenizerLines.Write(tokenizer, (key, value) => Line(text, key, value));
        Line(text, "parameters", manifest.Parameters);
        Line(text, "source-dtype", manifest.SourceDtype);
        Line(text, "content-hash", manifest.ContentHash);
        Line(text, "file-bytes", manifest.FileBytes);
        Line(text, "tokenizer-bytes", manifest.TokenizerBytes);
        WriteTensors(text, WeightPlanner.Plan(s));
        return text.ToString();
    }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="FormatException">Not a manifest of this version; the message says which line and why.</exception>
    public static Manifest Read(string text)
    {
        var fields = ManifestFields.Parse(text);
        return fields.Kind == Kind ? Read(fields) : throw new FormatException($"'kind': expected '{Kind}', found '{fields.Kind}'");
    }

    internal static Manifest Read(ManifestFields fields) => new()
    {
        Spec = ReadSpec(fields),
        ContentHash = fields.Text("content-hash"),
        FileBytes = fields.Long("file-bytes"),
        TokenizerBytes = fields.Long("tokenizer-bytes"),
        Parameters = fields.Long("parameters"),
        SourceDtype = fields.Text("source-dtype"),
    };

    private static ModelSpec ReadSpec(ManifestFields fields) => new()
    {
        Name = fields.Text("name"),
        Family = fields.Text("family"),
        Architecture = fields.Text("architecture"),
        Hidden = fields.Int("hidden"),
        Layers = fields.Int("layers"),
        Layer = new LayerSpec
        {
            Heads = fields.Int("heads"),
            HeadSize = fields.Int("head-size"),
            Relative = fields.Enum<RelativePositions>("relative-positions"),
            DistanceBuckets = fields.Has("distance-buckets") ? fields.Int("distance-buckets") : 0,
            FeedForward = fields.Int("feed-forward"),
            Activation = fields.Enum<Activation>("activation"),
            Epsilon = fields.Double("layer-norm-eps"),
        },
        Embedding = new EmbeddingSpec
        {
            Vocabulary = fields.Int("vocabulary"),
            Width = fields.Int("embedding-width"),
            Positions = fields.Int("positions"),
            PositionTable = fields.Enum<PositionTable>("position-table"),
            PositionRule = fields.Enum<PositionRule>("position-rule"),
            TokenTypes = fields.Int("token-types"),
            PadTokenId = fields.Int("pad-token-id"),
            Epsilon = fields.Double("embedding-norm-eps"),
        },
        HasPooler = fields.Bool("pooler"),
        MaxTokens = fields.Int("max-tokens"),
        Head = new HeadSpec
        {
            Kind = fields.Enum<HeadKind>("head"),
            Activation = fields.Enum<Activation>("head-activation"),
            TiesWords = fields.Bool("head-ties-words"),
            ProblemType = fields.Has("problem-type") ? fields.Enum<ProblemType>("problem-type") : null,
            Labels = new(fields.All("label")),
            RerankFunction = fields.Has("rerank-function") ? fields.Enum<Activation>("rerank-function") : null,
            Sparse = SentenceLines.ReadSparse(fields),
        },
        Sentence = SentenceLines.Read(fields),
        Tokenizer = TokenizerLines.Read(fields),
    };

    /// <summary>The table of tensors is for people and for tools; the generator derives it from the spec again.</summary>
    private static void WriteTensors(StringBuilder text, WeightPlan plan)
    {
        text.Append("# tensor NAME LAYOUT ROWS COLUMNS OFFSET BYTES; a layer's offsets count from first-layer + layer × layer-bytes\n");
        Line(text, "first-layer", plan.FirstLayer);
        Line(text, "layer-bytes", plan.LayerBytes);
        foreach (PackedTensor t in plan.Shared) WriteTensor(text, "tensor", t);
        foreach (PackedTensor t in plan.Layer) WriteTensor(text, "layer-tensor", t);
    }

    private static void WriteTensor(StringBuilder text, string key, PackedTensor t) =>
        Line(text, key, FormattableString.Invariant($"{t.Name} {t.Layout} {t.Rows} {t.Columns} {t.Offset} {t.Bytes}"));

    private static void Line(StringBuilder text, string key, IFormattable value) =>
        Line(text, key, value is double d ? d.ToString("R", CultureInfo.InvariantCulture) : value.ToString(null, CultureInfo.InvariantCulture));

    private static void Line(StringBuilder text, string key, bool value) => Line(text, key, value ? "true" : "false");

    private static void Line(StringBuilder text, string key, string value) => text.Append(key).Append(' ').Append(value).Append('\n');

    private static string Escape(string value) => ManifestFields.Escape(value);
}
