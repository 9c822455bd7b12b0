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
            w.Summary("Where layer 0 begins in the packed file, in bytes.");
            w.Line($"private const long FirstLayer = {Literal.Integer(plan.FirstLayer)};").Line();
            w.Summary("Bytes from one layer to the next.");
            w.Line($"private const long LayerBytes = {Literal.Integer(plan.LayerBytes)};").Line();
            PackedFileCode.WriteOpen(w, context.Request, "OpenWeights", "WeightsFile", context.Request.Manifest.FileBytes);
            w.Line().Summary("Tensors that are there once: bytes from the start of the packed file.");
            WriteOffsets(w, "At", plan.Shared);
            w.Line().Summary("Tensors of one layer: bytes from its start. Matrices lie in panels of 32 outputs, [N/32][K][32].");
            WriteOffsets(w, "InLayer", plan.Layer);
        }
    }

    private static void WriteOffsets(CodeWriter w, string name, EquatableArray<PackedTensor> tensors)
    {
        using (w.Block("private static class " + name))
        {
            foreach (PackedTensor t in tensors)
            {
                string shape = t.Layout == PackedLayout.Vector ? FormattableString.Invariant($"[{t.Columns}]") : FormattableString.Invariant($"[{t.Rows},{t.Columns}]");
                string note = t.FirstSourceExponent == 0 ? "" : ", the queries' part times 1/√D";
                w.Line($"internal const long {t.Name} = {Literal.Integer(t.Offset)}; // {shape}{note}");
            }
        }
    }
}
