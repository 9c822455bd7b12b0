using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary><c>X.Embeddings.g.cs</c>.</summary>
internal static class EmbeddingsEmitter
{
    public static void Write(EmitContext context, CodeWriter w)
    {
        using (context.PartialProgram(w))
        {
            w.Summary(Summary(context.Spec.Embedding));
            using (w.Block($"private void {context.Plan.Embeddings.Name}({EncoderLayerEmitter.Parameters(context.Plan.Embeddings)})"))
            {
                context.Values(w, context.Plan.Embeddings);
                OpEmitter.Write(context, w, context.Plan.Embeddings);
            }
        }
    }

    private static string Summary(EmbeddingSpec e)
    {
        var vectors = new List<string> { "one for the word piece" };
        if (e.PositionTable != PositionTable.None) vectors.Add("one for its place in the text");
        if (e.TokenTypes > 0) vectors.Add("one for the first or second text of a pair");
        if (e.TaskTypes > 0) vectors.Add("one for the task");
        string count = vectors.Count switch { 4 => "four", 3 => "three", 2 => "two", _ => "one" };
        return vectors.Count == 1
            ? "From ids to the first hidden states: one learned vector for each word piece (Devlin et al. 2019, figure 2)."
            : $"From ids to the first hidden states: {count} learned vectors are added for each token (Devlin et al. 2019, figure 2), {string.Join(", ", vectors)}.";
    }
}
