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
        bool taps = context.Plan.Taps.HasFlag(Taps.Hidden);
        w.Line("/// <inheritdoc/>");
        using (w.Block("protected override nn.Rows Forward(global::BertCompiler.TokenBatch batch, global::BertCompiler.Workspace work, global::BertCompiler.IModelOutputs? outputs)"))
        {
            BufferSpec hidden = context.Plan[ForwardPlanner.Hidden];
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

            w.Line().Line(Rows(hidden, "return "));
        }
    }

    private static void WriteResults(EmitContext context, CodeWriter w)
    {
        w.Line("/// <inheritdoc/>");
        using (w.Block("protected override void ComputeResults(global::BertCompiler.TokenBatch batch, global::BertCompiler.Workspace work, global::BertCompiler.IModelOutputs outputs)"))
        {
            context.Reserve(w, context.Plan.Heads);
            foreach (Output output in context.Plan.EncoderOutputs) w.Line(Deliver(context, output));
            foreach (Block block in context.Plan.Heads)
            {
                w.Line($"{block.Name}(batch, work);");
                foreach (Output output in block.Outputs) w.Line(Deliver(context, output));
            }
        }
    }

    private static string Tap(BufferSpec hidden, string number) =>
        $"outputs?.Tokens({(number == "0" ? "" : "$")}\"hidden_states.{number}\", {Rows(hidden, "").TrimEnd(';')});";

    private static string Deliver(EmitContext context, Output output)
    {
        BufferSpec buffer = context.Plan[output.Buffer];
        string rows = Rows(buffer, "").TrimEnd(';');
        string method = buffer.Rows == RowAxis.Tokens ? "Tokens" : "Sequences";
        return output.Column < 0
            ? $"outputs.{method}(\"{output.Name}\", {rows}); // {buffer.Shape}"
            : FormattableString.Invariant($"outputs.{method}(\"{output.Name}\", {rows}, column: {output.Column}); // column {output.Column} of {buffer.Shape}");
    }

    private static string Rows(BufferSpec b, string before) =>
        FormattableString.Invariant($"{before}work.Rows({b.Slot}, {(b.Rows == RowAxis.Tokens ? "batch.TokenCount" : "batch.Count")}, {Literal.Integer(b.Columns)});");
}
