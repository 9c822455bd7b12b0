using BertCompiler.Core.Plan;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary><c>X.Forward.g.cs</c>: the order of things, one line a step.</summary>
internal static class ForwardEmitter
{
    public static void Write(EmitContext context, CodeWriter w)
    {
        BufferSpec hidden = context.Plan[ForwardPlanner.Hidden];
        using (context.PartialProgram(w))
        {
            WriteEncode(context, w, hidden);
            w.Line().Line($"""
                /// <inheritdoc/>
                public override nn.Rows TokenStates({EmitContext.Run}) =>
                    {EmitContext.Rows(hidden)}; // {hidden.Shape}
                """);
            foreach (Block block in context.Plan.Heads.Where(b => b.Logits is not null)) WriteLogits(context, w, block);
            w.Line();
            WriteDeliver(context, w);
        }
    }

    private static void WriteEncode(EmitContext context, CodeWriter w, BufferSpec hidden)
    {
        bool taps = context.Plan.Taps.HasFlag(Taps.Hidden);
        w.Line("/// <inheritdoc/>");
        using (w.Block($"public override void Encode({EmitContext.Run}, global::BertCompiler.IModelOutputs? outputs)"))
        {
            context.Reserve(w, context.Plan.Embeddings, context.Plan.Layer);
            w.Line($"EmbedTokens(batch, work); // ids → hidden {hidden.Shape}");
            if (taps) w.Line(Tap(hidden, "0"));
            string call = context.Plan.Taps.HasFlag(Taps.Attention) ? "EncoderLayer(layer, batch, work, outputs);" : "EncoderLayer(layer, batch, work);";
            if (!taps) w.Line($"for (int layer = 0; layer < Layers; layer++) {call} // hidden → hidden");
            else
            {
                using (w.Block("for (int layer = 0; layer < Layers; layer++)"))
                {
                    w.Line($"{call} // hidden → hidden");
                    w.Line(Tap(hidden, "{layer + 1}"));
                }
            }
        }
    }

    /// <summary>A part of the head, with what it needs and nothing else.</summary>
    private static void WriteLogits(EmitContext context, CodeWriter w, Block block)
    {
        Block[] blocks = [.. context.Plan.UpTo(block)];
        BufferSpec scores = context.Plan[block.Outputs[0].Buffer];
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
            context.Reserve(w, [.. context.Plan.Heads]);
            foreach (Output output in context.Plan.EncoderOutputs) w.Line(Deliver(context, output));
            foreach (Block block in context.Plan.Heads)
            {
                w.Line($"{block.Name}({context.Arguments(block)});");
                foreach (Output output in block.Outputs) w.Line(Deliver(context, output));
            }
        }
    }

    private static string Tap(BufferSpec hidden, string number) =>
        $"outputs?.Tokens({(number == "0" ? "" : "$")}\"hidden_states.{number}\", {EmitContext.Rows(hidden)});";

    private static string Deliver(EmitContext context, Output output)
    {
        BufferSpec buffer = context.Plan[output.Buffer];
        string method = buffer.Rows == RowAxis.Sequences ? "Sequences" : "Tokens";
        string column = output.Column < 0 ? "" : FormattableString.Invariant($", column: {output.Column}");
        string note = output.Column < 0 ? buffer.Shape : FormattableString.Invariant($"column {output.Column} of {buffer.Shape}");
        return $"outputs.{method}(\"{output.Name}\", {EmitContext.Rows(buffer)}{column}); // {note}";
    }
}
