using BertCompiler.Core.Plan;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary><c>X.Weights.g.cs</c>: where each tensor lies in the packed file, and how the file is found.</summary>
internal static class WeightsEmitter
{
    public static void Write(EmitContext context, CodeWriter w)
    {
        WeightPlan plan = context.Plan.Weights;
        using (context.PartialClass(w))
        {
            WriteStarts(context.Plan, w);
            PackedFileCode.WriteOpen(w, context.Request, "OpenWeights", "WeightsFile", context.Request.Manifest.FileBytes);
            w.Line().Summary("Tensors that are there once: bytes from the start of the packed file.");
            WriteOffsets(w, "At", plan.Shared);
            foreach (LayerGroup group in context.Plan.Groups)
            {
                w.Line().Summary($"Tensors of {(context.Plan.Groups.Count == 1 ? "one layer" : $"{Describe.Article(group.Block.Name)} {group.Block.Name}")}: bytes from its start. Matrices lie in panels of 32 outputs, [N/32][K][32].");
                WriteOffsets(w, WeightNames.ClassOf(group.Block), plan.Kinds[group.Block.Kind!.Value].Tensors);
            }
        }
    }

    /// <summary>Where the layers' weights begin, and how many bytes they are, as arguments.</summary>
    public static string LayersRange(ExecutionPlan plan) =>
        plan.LayerStride is not null ? "FirstLayer, Layers * LayerBytes" : "FirstLayer, LayersEnd - FirstLayer";

    private static void WriteStarts(ExecutionPlan plan, CodeWriter w)
    {
        WeightPlan weights = plan.Weights;
        w.Summary("Where the layers' weights begin in the packed file, in bytes.");
        w.Line($"private const long FirstLayer = {Literal.Integer(weights.Starts.DefaultIfEmpty(weights.End).Min())};").Line();
        if (plan.LayerStride is { } stride)
        {
            w.Summary("Bytes from one layer to the next.");
            w.Line($"private const long LayerBytes = {Literal.Integer(stride)};").Line();
            return;
        }

        long end = plan.Groups.SelectMany(g => g.Layers.Select(layer => plan.LayerStarts[layer] + weights.Kinds[g.Block.Kind!.Value].Bytes)).Max();
        w.Summary("Where they end.");
        w.Line($"private const long LayersEnd = {Literal.Integer(end)};").Line();
        w.Summary("Where the weights of each layer begin; layers that share weights begin at the same place.");
        w.Line("private static long LayerStart(int layer) => _layerStarts[layer];").Line();
        w.Line("private static readonly long[] _layerStarts =");
        w.Line("[");
        foreach (long start in plan.LayerStarts) w.Line($"    {Literal.Integer(start)},");
        w.Line("];").Line();
    }

    private static void WriteOffsets(CodeWriter w, string name, EquatableArray<PackedTensor> tensors)
    {
        using (w.Block("private static class " + name))
        {
            foreach (PackedTensor t in tensors)
            {
                string shape = t.Layout == PackedLayout.Vector ? FormattableString.Invariant($"[{t.Columns}]") : FormattableString.Invariant($"[{t.Rows},{t.Columns}]");
                string note = (t.ScaleExponent == 0 ? "" : ", the queries' part times 1/√D") + (t.IsInterleaved ? ", two halves in turns of 32" : "");
                w.Line($"internal const long {t.Name} = {Literal.Integer(t.Offset)}; // {shape}{note}");
            }
        }
    }
}
