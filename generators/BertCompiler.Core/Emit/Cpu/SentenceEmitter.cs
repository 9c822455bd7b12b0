using BertCompiler.Core.Plan;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary><c>X.Sentence.g.cs</c>: hidden states → one vector a text.</summary>
internal static class SentenceEmitter
{
    public static void Write(EmitContext context, CodeWriter w)
    {
        Block block = context.Plan.Sentence!;
        BufferSpec embedding = context.Plan["embedding"];
        using (context.PartialClass(w))
        {
            w.Summary("From hidden states to one vector for each text, as the folder's sentence-transformers modules say (Reimers and Gurevych 2019, §3).");
            using (w.Block("protected override nn.Rows EmbedBatch(global::BertCompiler.TokenBatch batch, global::BertCompiler.Workspace work)"))
            {
                w.Line("Forward(batch, work, outputs: null);");
                context.Reserve(w, block);
                context.Buffers(w, block);
                OpEmitter.Write(context, w, block, layer: false);
                w.Line().Line($"return {embedding.Name};");
            }
        }
    }
}
