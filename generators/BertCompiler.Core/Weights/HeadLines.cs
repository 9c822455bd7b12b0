using BertCompiler.Core.Config;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Weights;

/// <summary>The head in a manifest: its kind, its labels, and a line for each part.</summary>
internal static class HeadLines
{
    private const string Part = "head-part";

    public static void Write(HeadSpec head, ManifestWriter lines)
    {
        lines.Choice("head", head.Kind);
        foreach (HeadPartSpec part in head.Parts)
        {
            lines.Structured(Part, new LineBuilder()
                .Add("name", part.Name).Add("from", (HeadInput?)part.From)
                .Add("dense", part.DenseWidth, 0).Add("dense-bias", part.HasDenseBias, true).Add("activation", part.Activation, default)
                .Add("norm", part.Norm).AddIf(part.Norm is not null, "eps", part.Epsilon)
                .Add("columns", part.Columns).Add("bias", part.HasBias, true).Add("scores-vocabulary", part.ScoresVocabulary, false).Add("averages", part.AveragesScores, false)
                .Add("by-column", part.IsByColumn, false).Add("outputs", string.Join(",", part.Outputs)).ToString());
        }

        lines.Flag("head-ties-words", head.TiesWords);
        if (head.ProblemType is { } problem) lines.Choice("problem-type", problem);
        foreach (string label in head.Labels) lines.Text("label", label);
        if (head.RerankFunction is { } rerank) lines.Choice("rerank-function", rerank);
        if (head.Sparse is { } sparse) SentenceLines.Write(sparse, lines);
    }

    public static HeadSpec Read(ManifestFields fields) => new()
    {
        Kind = fields.Enum<HeadKind>("head"),
        Parts = new(fields.AllAsWritten(Part).Select(line => ReadPart(new LineParts(Part, line)))),
        TiesWords = fields.Bool("head-ties-words"),
        ProblemType = fields.Has("problem-type") ? fields.Enum<ProblemType>("problem-type") : null,
        Labels = new(fields.All("label")),
        RerankFunction = fields.Has("rerank-function") ? fields.Enum<Activation>("rerank-function") : null,
        Sparse = SentenceLines.ReadSparse(fields),
    };

    private static HeadPartSpec ReadPart(LineParts parts) => new()
    {
        Name = parts.Text("name"),
        From = parts.Enum<HeadInput>("from"),
        DenseWidth = parts.IntOr("dense", 1, ConfigLimits.Hidden, 0),
        HasDenseBias = parts.Bool("dense-bias", true),
        Activation = parts.EnumOr("activation", default(Activation)),
        Norm = parts.EnumOrNull<NormKind>("norm"),
        Epsilon = parts.Has("norm") ? parts.Number("eps", 1) : 0,
        Columns = parts.Int("columns", 1, ConfigLimits.Vocabulary),
        HasBias = parts.Bool("bias", true),
        ScoresVocabulary = parts.Bool("scores-vocabulary", false),
        AveragesScores = parts.Bool("averages", false),
        IsByColumn = parts.Bool("by-column", false),
        Outputs = new(parts.Text("outputs").Split(',')),
    };
}
