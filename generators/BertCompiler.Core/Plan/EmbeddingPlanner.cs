using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>Plans ids → hidden states; where the tables are narrower than the layers (ELECTRA, ALBERT), a product widens them.</summary>
internal static class EmbeddingPlanner
{
    private const string Name = "EmbedTokens";

    public static Block Block(ModelSpec spec, ValueList values, Taps taps)
    {
        EmbeddingSpec e = spec.Embedding;
        var ops = new List<Op>();
        string current = values.Add(Name, e.IsProjected ? "narrow" : "embedded", RowAxis.Tokens, e.Width);
        bool normsTables = e is { Norm: NormKind.LayerNorm or NormKind.LayerNormWithoutShift, NormFollowsProjection: false };
        ops.Add(Embed(e, normsTables ? (LayerNorm)Norm(e) : null, current));
        if (e.IsProjected)
        {
            string wide = values.Add(Name, "embedded", RowAxis.Tokens, spec.Hidden);
            ops.Add(new LinearOp(current, "EmbeddingProjection", "EmbeddingProjectionBias", new Plain(), wide) { Purpose = "From the width of the tables to that of the layers" });
            current = wide;
        }

        if (e.Norm is not null && !normsTables)
        {
            string normalized = values.Add(Name, "normalized", RowAxis.Tokens, spec.Hidden);
            ops.Add(new NormOp(current, Norm(e), normalized) { Purpose = "Normalised" });
            current = normalized;
        }

        if (taps.HasFlag(Taps.Hidden)) ops.Add(new TapOp(current, 0) { Purpose = ForwardPlanner.Tapped });
        return new Block(Name, new(ops), default) { Result = current };
    }

    private static Norm Norm(EmbeddingSpec e) => ForwardPlanner.NormOf("EmbeddingNorm", e.Norm!.Value, e.Epsilon);

    private static EmbedOp Embed(EmbeddingSpec e, LayerNorm? norm, string output)
    {
        bool positions = e.PositionTable != PositionTable.None;
        return new EmbedOp(
            "WordTable",
            positions ? "PositionTable" : null,
            e.TokenTypes > 0 ? "TypeTable" : null,
            e.TaskTypes > 0 ? "TaskTable" : null,
            positions && e.PositionRule == PositionRule.AfterPadding ? e.PadTokenId : null,
            norm,
            output)
        { Purpose = Purpose(e, positions, norm is not null) };
    }

    private static string Purpose(EmbeddingSpec e, bool positions, bool normed)
    {
        var parts = new List<string> { "What the token is" };
        if (positions) parts.Add("where it stands");
        if (e.TokenTypes > 0) parts.Add("which text it belongs to");
        if (e.TaskTypes > 0) parts.Add("which task it is for");
        string list = parts.Count == 1 ? parts[0] : string.Join(", ", parts.Take(parts.Count - 1)) + " and " + parts[^1];
        string sum = parts.Count == 1 ? "" : ", added up";
        string norm = !normed ? "" : parts.Count == 1 ? ", normalised" : " and normalised";
        return $"{list}{sum}{norm}{(positions ? "" : "; distances come in with attention")}";
    }
}
