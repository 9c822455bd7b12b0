using BertCompiler.Core.Plan;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary><c>X.Head.g.cs</c>: what follows the last layer.</summary>
internal static class HeadEmitter
{
    public static void Write(EmitContext context, CodeWriter w)
    {
        using (context.PartialProgram(w))
        {
            bool first = true;
            foreach (Block block in context.Plan.Heads)
            {
                if (!first) w.Line();
                first = false;
                w.Summary(block.Summary);
                using (w.Block($"private void {block.Name}({context.Parameters(block)})"))
                {
                    context.Values(w, block);
                    OpEmitter.Write(context, w, block);
                }
            }
        }
    }
}
