using BertCompiler.Core.Spec;
using BertCompiler.Core.Plan;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary><c>X.EncoderLayer.g.cs</c>: a method for each kind of layer, and what follows the last one.</summary>
internal static class EncoderLayerEmitter
{
    public static void Write(EmitContext context, CodeWriter w)
    {
        using (context.PartialProgram(w))
        {
            foreach (LayerGroup group in context.Plan.Groups)
            {
                if (group != context.Plan.Groups[0]) w.Line();
                WriteLayer(context, w, group);
            }

            if (context.Plan.AfterLayers is not { } after) return;
            w.Line().Summary("What follows the last layer: the layers add up what they compute and normalise what they read, so the last sum is normalised here.");
            using (w.Block($"private void {after.Name}({Parameters(after)})"))
            {
                context.Values(w, after);
                OpEmitter.Write(context, w, after);
            }
        }
    }

    /// <summary>What a block of the encoder takes beside the layer's number.</summary>
    public static string Parameters(Block block) =>
        EmitContext.Run + (block.HandsOut ? ", global::BertCompiler.IModelOutputs? outputs" : "");

    /// <summary>What it is called with.</summary>
    public static string Arguments(Block block) => "batch, work" + (block.HandsOut ? ", outputs" : "");

    private static void WriteLayer(EmitContext context, CodeWriter w, LayerGroup group)
    {
        ExecutionPlan plan = context.Plan;
        LayerSpec layer = context.Spec.Layers.Kinds[group.Block.Kind!.Value];
        w.Summary(Summary(context, group, layer));
        string at = plan.LayerStride is null ? "<c>LayerStart(layer)</c>" : "<c>FirstLayer + layer × LayerBytes</c>";
        w.Line($"/// <param name=\"layer\">Number of the layer, from 0: its weights begin at {at}.</param>");
        w.Line("/// <param name=\"batch\">The texts, one after the other, without padding.</param>");
        w.Line("/// <param name=\"work\">Memory of this run; <c>hidden</c> is read and replaced.</param>");
        if (group.Block.HandsOut) w.Line("/// <param name=\"outputs\">Takes what is handed out on the way; null: nobody asked.</param>");
        using (w.Block($"private void {group.Block.Name}(int layer, {Parameters(group.Block)})"))
        {
            w.Line(plan.LayerStride is null ? "long at = LayerStart(layer);" : "long at = FirstLayer + (layer * LayerBytes);");
            context.Values(w, group.Block);
            OpEmitter.Write(context, w, group.Block);
        }
    }

    private static string Summary(EmitContext context, LayerGroup group, LayerSpec layer)
    {
        string form = layer switch
        {
            { NormPlacement: NormPlacement.AfterSum } => "self-attention, then a feed-forward network on each token; after each, what came in is added and the sum normalised",
            { NormalizesAttentionInput: false } => "self-attention on what the embeddings have normalised, then a feed-forward network on each token, which normalises its input; what each computes is added to what came in",
            _ => "self-attention, then a feed-forward network on each token; each reads its input normalised, and what it computes is added to what came in",
        };
        string source = layer.NormPlacement == NormPlacement.AfterSum ? "Vaswani et al. 2017, §3.1; Devlin et al. 2019, §3" : "Vaswani et al. 2017, §3.1; pre-norm: Xiong et al. 2020";
        if (layer.Disentangled is not null) source += "; disentangled attention: He et al. 2021, §3.1";
        if (layer.Convolution is not null) form += "; beside it a convolution over neighbouring tokens, whose result is added and the sum normalised once more";
        return $"{Which(context, group, layer)} ({source}): {form}. {Alike(context, group)}";
    }

    private static string Which(EmitContext context, LayerGroup group, LayerSpec layer)
    {
        string attention = layer.Window is { } window ? FormattableString.Invariant($", whose tokens attend to {window} on either side") : "";
        if (context.Plan.Groups.Count == 1) return "One encoder layer" + attention;
        return $"{(group.Layers.Count == 1 ? "Encoder layer" : "One of the encoder layers")} {LayerList.Of(group.Layers)}{attention}";
    }

    private static string Alike(EmitContext context, LayerGroup group)
    {
        if (context.Plan.Groups.Count > 1) return group.Layers.Count == 1 ? "No other layer has this shape." : "These layers have this shape; they differ in their weights only.";
        return context.Plan.LayerStarts.Distinct().Count() < context.Plan.LayerCount ? "All layers have this shape, and several share their weights." : "All layers have this shape; they differ in their weights only.";
    }
}
