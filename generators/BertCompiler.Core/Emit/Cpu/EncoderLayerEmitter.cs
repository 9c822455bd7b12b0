using BertCompiler.Core.Plan;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary><c>X.EncoderLayer.g.cs</c>: the layer, once for all layers.</summary>
internal static class EncoderLayerEmitter
{
    public static void Write(EmitContext context, CodeWriter w)
    {
        string tap = context.Plan.Taps.HasFlag(Taps.Attention) ? ", global::BertCompiler.IModelOutputs? outputs" : "";
        using (context.PartialProgram(w))
        {
            w.Summary("One encoder layer (Vaswani et al. 2017, §3.1; Devlin et al. 2019, §3): self-attention, then a feed-forward network on each token; behind "
                + "each, what came in is added and the sum normalised. All layers have this shape; they differ in their weights only.");
            w.Line("/// <param name=\"layer\">Number of the layer, from 0: its weights begin at <c>FirstLayer + layer × LayerBytes</c>.</param>");
            w.Line("/// <param name=\"batch\">The texts, one behind the other, without padding.</param>");
            w.Line("/// <param name=\"work\">Memory of this run; <c>hidden</c> is read and replaced.</param>");
            if (tap.Length > 0) w.Line("/// <param name=\"outputs\">Takes the attention probabilities; null: nobody asked.</param>");
            using (w.Block($"private void EncoderLayer(int layer, {EmitContext.Run}{tap})"))
            {
                w.Line("long at = FirstLayer + (layer * LayerBytes);");
                context.Buffers(w, context.Plan.Layer);
                OpEmitter.Write(context, w, context.Plan.Layer, layer: true);
            }
        }
    }
}
