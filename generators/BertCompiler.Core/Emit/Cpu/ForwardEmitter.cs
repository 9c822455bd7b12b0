using BertCompiler.Core.Plan;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary><c>X.Forward.g.cs</c>: the order of things, one line a step.</summary>
internal static class ForwardEmitter
{
    public static void Write(EmitContext context, CodeWriter w)
    {
        using (context.PartialClass(w))
        {
            WriteForward(context, w);
            w.Line();
            WriteResults(context, w);
        }
    }

    private static void WriteForward(EmitContext context, CodeWriter w)
    {
        ExecutionPlan plan = context.Plan;
        w.Line("/// <inheritdoc/>");
        using (w.Block("protected override nn.Rows Forward(global::BertCompiler.TokenBatch batch, global::BertCompiler.Workspace work, global::BertCompiler.IModelOutputs? outputs)"))
        {
            Value hidden = plan.Find(plan.Embeddings, ForwardPlanner.Hidden);
            context.Reserve(w, plan.EncoderBlocks);
            w.Line($"{plan.Embeddings.Name}({EncoderLayerEmitter.Arguments(plan.Embeddings)}); // ids → hidden {hidden.Shape}");
            WriteLayers(plan, w);
            if (plan.AfterLayers is { } after) w.Line($"{after.Name}({EncoderLayerEmitter.Arguments(after)}); // hidden → hidden");
            w.Line().Line($"return {EmitContext.Rows(hidden)};");
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

    private static void WriteResults(EmitContext context, CodeWriter w)
    {
        w.Line("/// <inheritdoc/>");
        using (w.Block("protected override void ComputeResults(global::BertCompiler.TokenBatch batch, global::BertCompiler.Workspace work, global::BertCompiler.IModelOutputs outputs)"))
        {
            context.Reserve(w, context.Plan.Heads);
            foreach (Output output in context.Plan.EncoderOutputs) w.Line(Deliver(context, context.Plan.Embeddings, output));
            foreach (Block block in context.Plan.Heads)
            {
                w.Line($"{block.Name}(batch, work);");
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
