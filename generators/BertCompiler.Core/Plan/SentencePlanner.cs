using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>Plans the modules of a sentence-transformers folder behind the encoder.</summary>
internal static class SentencePlanner
{
    /// <summary>Name of the buffer that holds the embeddings.</summary>
    public const string Embedding = "embedding";

    public static Block Block(ModelSpec spec, SentenceSpec sentence, List<BufferSpec> buffers)
    {
        int lastDense = Enumerable.Range(0, sentence.Modules.Count).Where(i => sentence.Modules[i] is DenseModule).DefaultIfEmpty(-1).Last();
        string current = Buffer(lastDense < 0 ? Embedding : "pooling", sentence.Pooling.Count * spec.Hidden, buffers);
        var ops = new List<Op>
        {
            new PoolOp(ForwardPlanner.Hidden, sentence.Pooling, spec.Hidden, sentence.IncludePrompt, current)
            {
                Purpose = sentence.IncludePrompt ? "All tokens of a text become one row" : "All tokens of a text but its prompt's become one row",
            },
        };
        for (int i = 0; i < sentence.Modules.Count; i++)
        {
            switch (sentence.Modules[i])
            {
                case NormalizeModule:
                    ops.Add(new NormalizeOp(current) { Purpose = "Unit length, so that a dot product is a cosine" });
                    break;
                case LayerNormModule:
                    ops.Add(new LayerNormOp(current, SentenceWeights.Name("Norm", i, "Scale"), SentenceWeights.Name("Norm", i, "Shift"), LayerNormModule.Epsilon, current) { Purpose = "A LayerNorm over the row" });
                    break;
                case DenseModule dense:
                    string output = Buffer(i == lastDense ? Embedding : SentenceWeights.Name("dense", i), dense.Outputs, buffers);
                    ops.AddRange(Dense(dense, i, current, output, buffers));
                    current = output;
                    break;
            }
        }

        return new Block("PoolSentences", new(ops), default);
    }

    private static IEnumerable<Op> Dense(DenseModule dense, int module, string input, string output, List<BufferSpec> buffers)
    {
        string name = SentenceWeights.Name("Dense", module);
        string? residual = dense.Residual == DenseResidual.None ? null : input;
        if (dense.Residual == DenseResidual.Projected)
        {
            residual = Buffer(SentenceWeights.Name("residual", module), dense.Outputs, buffers);
            yield return new LinearOp(input, name + "Residual", name + "ResidualBias", Finish.None, residual) { Purpose = "The row in the width of the next product" };
        }

        Activation? activation = dense.Activation == Activation.Identity ? null : dense.Activation;
        yield return new LinearOp(input, name, name + "Bias", new() { Activation = activation, Residual = residual }, output) { Purpose = "A dense layer of the folder's own" };
    }

    private static string Buffer(string name, int columns, List<BufferSpec> buffers)
    {
        buffers.Add(new(name, RowAxis.Sequences, columns));
        return name;
    }
}
