using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>Plans the modules of a sentence-transformers folder behind the encoder.</summary>
internal static class SentencePlanner
{
    public static Block Block(ModelSpec spec, SentenceSpec sentence, List<BufferSpec> buffers)
    {
        buffers.Add(new("embedding", RowAxis.Sequences, sentence.Pooling.Count * spec.Hidden));
        var ops = new List<Op> { new PoolOp(ForwardPlanner.Hidden, sentence.Pooling, spec.Hidden, "embedding") { Purpose = "All tokens of a text become one row" } };
        if (sentence.Normalize) ops.Add(new NormalizeOp("embedding") { Purpose = "Unit length, so that a dot product is a cosine" });
        return new Block("PoolSentences", new(ops), default);
    }
}
