using BertCompiler.Core.Plan;

namespace BertCompiler.Core.Weights;

/// <summary>Holds the packed layout of a manifest against the model: the tensors that it needs, in shapes that it can use, inside the file.</summary>
internal static class WeightCheck
{
    /// <summary>Checks a layout.</summary>
    /// <param name="manifest">What was read.</param>
    /// <param name="needed">The tensors that the model needs; where they lie and what was decided about them is the manifest's own.</param>
    /// <exception cref="FormatException">It does not fit; the message names the line.</exception>
    public static void Check(Manifest manifest, WeightPlan needed)
    {
        WeightPlan plan = manifest.Weights;
        Require(plan.Kinds.Count == needed.Kinds.Count, "layer-bytes", $"expected {needed.Kinds.Count} lines, found {plan.Kinds.Count}");
        Require(plan.Starts.Count == needed.Starts.Count, "layer-starts", $"expected {needed.Starts.Count} numbers, found {plan.Starts.Count}");
        Require(plan.End <= long.MaxValue / 2 && manifest.FileBytes == plan.End + manifest.TokenizerBytes, "file-bytes", $"expected {plan.End} for the tensors and {manifest.TokenizerBytes} for the tokenizer, found {manifest.FileBytes}");
        Check("tensor", plan.Shared, needed.Shared, WeightPlan.PageBytes, plan.End);
        for (int kind = 0; kind < plan.Kinds.Count; kind++) Check("layer-tensor", plan.Kinds[kind].Tensors, needed.Kinds[kind].Tensors, 0, plan.Kinds[kind].Bytes);
        int[] kindOfSet = [.. Enumerable.Range(0, plan.Starts.Count).Select(manifest.Spec.Layers.KindOfSet)];
        for (int set = 0; set < plan.Starts.Count; set++) Require(IsInside(plan.Starts[set], plan.Kinds[kindOfSet[set]].Bytes, WeightPlan.PageBytes, plan.End), "layer-starts", $"{plan.Starts[set]} is outside the file");
    }

    private static void Check(string key, EquatableArray<PackedTensor> tensors, EquatableArray<PackedTensor> needed, long first, long end)
    {
        Require(tensors.Select(t => t.Name).SequenceEqual(needed.Select(t => t.Name)), key, $"expected {string.Join(", ", needed.Select(t => t.Name))}, found {ManifestFields.Shorten(string.Join(", ", tensors.Select(t => t.Name)))}");
        for (int i = 0; i < tensors.Count; i++)
        {
            (PackedTensor t, PackedTensor n) = (tensors[i], needed[i]);
            bool fits = t.Layout == n.Layout && t.Rows == n.Rows && t.Columns == n.Columns && t.IsInterleaved == n.IsInterleaved && t.IsComputed == n.IsComputed;
            Require(fits, key, $"'{t.Name}' has another shape than the model's");
            Require(t.ScaledOutputs <= t.Columns, key, $"'{t.Name}' has {t.Columns} outputs, not {t.ScaledOutputs}");
            Require(IsInside(t.Offset, t.Bytes, first, end), key, $"'{t.Name}' lies outside the file");
        }
    }

    private static bool IsInside(long offset, long bytes, long first, long end) =>
        offset >= first && offset % WeightPlan.PageBytes == 0 && bytes >= 0 && offset <= end - bytes;

    private static void Require(bool holds, string key, string otherwise)
    {
        if (!holds) throw new FormatException($"'{key}': {otherwise}");
    }
}
