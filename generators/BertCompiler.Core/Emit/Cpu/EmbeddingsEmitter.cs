namespace BertCompiler.Core.Emit.Cpu;

/// <summary><c>X.Embeddings.g.cs</c>.</summary>
internal static class EmbeddingsEmitter
{
    public static void Write(EmitContext context, CodeWriter w)
    {
        using (context.PartialClass(w))
        {
            w.Summary("From ids to the first hidden states: three learned vectors are added for each token (Devlin et al. 2019, figure 2), one for the "
                + "word piece, one for its place in the text, one for the first or second text of a pair.");
            using (w.Block("private void EmbedTokens(global::BertCompiler.TokenBatch batch, global::BertCompiler.Workspace work)"))
            {
                context.Buffers(w, context.Plan.Embeddings);
                OpEmitter.Write(context, w, context.Plan.Embeddings, layer: false);
            }
        }
    }
}
