using BertCompiler.Core.Config;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Weights;

/// <summary>
/// The manifest as text: one fact a line, <c>key value</c>, tensors last. Written by the import, read by the generator; every text is
/// escaped, so that a line is always one line. What is read is checked as far as planning and emitting rely on it.
/// </summary>
public static class ManifestText
{
    /// <summary>First line of every manifest; the number changes with the meaning of any line.</summary>
    public const string Signature = "bertmanifest 4";

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
        EncoderLines.Write(s, lines);
        lines.Flag("pooler", s.HasPooler);
        lines.Number("max-tokens", s.MaxTokens);
        HeadLines.Write(s.Head, lines);
        if (s.Sentence is { } sentence) SentenceLines.Write(sentence, lines);
        if (s.Tokenizer is { } tokenizer) TokenizerLines.Write(tokenizer, lines);
        lines.Number("parameters", manifest.Parameters);
        lines.Text("source-dtype", manifest.SourceDtype);
        lines.Text("content-hash", manifest.ContentHash);
        lines.Number("file-bytes", manifest.FileBytes);
        lines.Number("tokenizer-bytes", manifest.TokenizerBytes);
        WeightLines.Write(manifest.Weights, lines);
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
            Weights = WeightLines.Read(fields),
            ContentHash = fields.Hash("content-hash"),
            FileBytes = fields.Long("file-bytes"),
            TokenizerBytes = fields.Long("tokenizer-bytes"),
            Parameters = fields.Long("parameters"),
            SourceDtype = fields.Text("source-dtype"),
        };
        ManifestCheck.Check(manifest);
        return manifest;
    }

    private static ModelSpec ReadSpec(ManifestFields fields) => new()
    {
        Name = fields.Text("name"),
        Family = fields.Text("family"),
        Architecture = fields.Text("architecture"),
        Hidden = fields.Int("hidden", 1, ConfigLimits.Hidden),
        Layers = EncoderLines.ReadLayers(fields),
        FinalNorm = fields.Has("final-norm") ? fields.Enum<NormKind>("final-norm") : null,
        Embedding = EncoderLines.ReadEmbedding(fields),
        HasPooler = fields.Bool("pooler"),
        MaxTokens = fields.Int("max-tokens", 1, ConfigLimits.Positions),
        Head = HeadLines.Read(fields),
        Sentence = SentenceLines.Read(fields),
        Tokenizer = TokenizerLines.Read(fields),
    };
}
