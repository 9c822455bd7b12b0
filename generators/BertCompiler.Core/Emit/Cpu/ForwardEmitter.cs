using BertCompiler.Core.Plan;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary><c>X.Forward.g.cs</c>: the order of things, one line a step.</summary>
internal static class ForwardEmitter
{
    public static void Write(EmitContext context, CodeWriter w)
    {
        ExecutionPlan plan = context.Plan;
        Value hidden = plan.Find(plan.Embeddings, ForwardPlanner.Hidden);
        using (context.PartialProgram(w))
        {
            WriteEncode(context, w, hidden);
            w.Line().Line($"""
                /// <inheritdoc/>
                public override nn.Rows TokenStates({EmitContext.Run}) =>
                    {EmitContext.Rows(hidden)}; // {hidden.Name} {hidden.Shape}
                """);
            foreach (Block block in plan.Heads.Where(b => b.Logits is not null)) WriteLogits(context, w, block);
            w.Line();
            WriteDeliver(context, w);
        }
    }

    private static void WriteEncode(EmitContext context, CodeWriter w, Value hidden)
    {
        ExecutionPlan plan = context.Plan;
        w.Line("/// <inheritdoc/>");
        using (w.Block($"public override void Encode({EmitContext.Run}, global::BertCompiler.IModelOutputs? outputs)"))
        {
            context.Reserve(w, plan.EncoderBlocks);
            w.Line($"{plan.Embeddings.Name}({EncoderLayerEmitter.Arguments(plan.Embeddings)}); // ids → hidden {hidden.Shape}");
            WriteLayers(plan, w);
            if (plan.AfterLayers is { } after) w.Line($"{after.Name}({EncoderLayerEmitter.Arguments(after)}); // hidden → hidden");
        }
    }

    /// <summary>The layers in their order: a call each, of the method that their group has.</summary>
    private static void WriteLayers(ExecutionPlan plan, CodeWriter w)
    {
        const string loop = "for (int layer = 0; layer < Layers; layer++)";
        if (plan.Groups is [var only])
        {
            w.Line($"{loop} {Call(only.Block)} // hidden → hidden");
            return;
        }

        using (w.Block(loop))
        using (w.Block("switch (layer)"))
        {
            // The group of most layers needs no list of them.
            LayerGroup most = plan.Groups.OrderByDescending(g => g.Layers.Count).First();
            foreach (LayerGroup group in plan.Groups.Where(g => g != most))
            {
                w.Line($"case {string.Join(" or ", group.Layers)}:");
                w.Line($"    {Call(group.Block)}");
                w.Line("    break;");
            }

            w.Line("default:");
            w.Line($"    {Call(most.Block)} // {LayerList.Of(most.Layers)}");
            w.Line("    break;");
        }
    }

    private static string Call(Block layer) => $"{layer.Name}(layer, {EncoderLayerEmitter.Arguments(layer)});";

    /// <summary>A part of the head, with what it needs and nothing else.</summary>
    private static void WriteLogits(EmitContext context, CodeWriter w, Block block)
    {
        Block[] blocks = [.. context.Plan.UpTo(block)];
        Value scores = context.Plan.Find(block, block.Outputs[0].Value);
        w.Line().Line("/// <inheritdoc/>");
        using (w.Block($"public override nn.Rows {block.Logits}Logits({context.Parameters(block)})"))
        {
            context.Reserve(w, blocks);
            foreach (Block step in blocks) w.Line($"{step.Name}({context.Arguments(step)});");
            w.Line($"return {EmitContext.Rows(scores)}; // {scores.Name} {scores.Shape}");
        }
    }

    private static void WriteDeliver(EmitContext context, CodeWriter w)
    {
        w.Line("/// <inheritdoc/>");
        using (w.Block($"public override void Deliver({EmitContext.Run}, global::BertCompiler.IModelOutputs outputs)"))
        {
            if (context.Plan.Heads.Any(context.Plan.Selects)) w.Line("global::System.ReadOnlySpan<int> tokens = work.EveryToken;");
            context.Reserve(w, context.Plan.Heads);
            foreach (Output output in context.Plan.EncoderOutputs) w.Line(Deliver(context, context.Plan.Embeddings, output));
            foreach (Block block in context.Plan.Heads)
            {
                w.Line($"{block.Name}({context.Arguments(block)});");
                foreach (Output output in block.Outputs) w.Line(Deliver(context, block, output));
            }
        }
    }

    private static string Deliver(EmitContext context, Block block, Output output)
    {
        Value value = context.Plan.Find(block, output.Value);
        string method = value.Rows == RowAxis.Sequences ? "Sequences" : "Tokens";
        return output.Column < 0
            ? $"outputs.{method}(\"{output.Name}\", {EmitContext.Rows(value)}); // {value.Shape}"
            : FormattableString.Invariant($"outputs.{method}(\"{output.Name}\", {EmitContext.Rows(value)}, column: {output.Column}); // column {output.Column} of {value.Shape}");
    }
}
