using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>Plans the modules of a sentence-transformers folder after the encoder.</summary>
internal static class SentencePlanner
{
    /// <summary>Name of the value that holds the embeddings.</summary>
    public const string Embedding = "embedding";

    private const string Name = "PoolSentences";

    public static Block Block(ModelSpec spec, SentenceSpec sentence, ValueList values)
    {
        var ops = new List<Op>();
        int last = sentence.Modules.Count - 1;
        int width = sentence.Pooling.Count * spec.Hidden;
        string current = Value(last < 0 ? Embedding : "pooling", width, values);
        ops.Add(new PoolOp(ForwardPlanner.Hidden, sentence.Pooling, spec.Hidden, sentence.IncludePrompt, current)
        {
            Purpose = sentence.IncludePrompt ? "All tokens of a text become one row" : "All tokens of a text but its prompt's become one row",
        });
        for (int i = 0; i <= last; i++)
        {
            string output(string stem, int columns) => Value(i == last ? Embedding : SentenceWeights.Name(stem, i), columns, values);
            switch (sentence.Modules[i])
            {
                case NormalizeModule:
                    string unit = output("unit", width);
                    ops.Add(new NormalizeOp(current, unit) { Purpose = "Unit length, so that a dot product is a cosine" });
                    current = unit;
                    break;
                case LayerNormModule:
                    string normalized = output("normalized", width);
                    ops.Add(new NormOp(current, ForwardPlanner.NormOf(SentenceWeights.Name("Norm", i), NormKind.LayerNorm, LayerNormModule.Epsilon), normalized) { Purpose = "A LayerNorm over the row" });
                    current = normalized;
                    break;
                case DenseModule dense:
                    string product = output("dense", dense.Outputs);
                    ops.AddRange(Dense(dense, i, current, product, values));
                    (current, width) = (product, dense.Outputs);
                    break;
            }
        }

        return new Block(Name, new(ops), default);
    }

    private static IEnumerable<Op> Dense(DenseModule dense, int module, string input, string output, ValueList values)
    {
        string name = SentenceWeights.Name("Dense", module);
        string? residual = dense.Residual == DenseResidual.None ? null : input;
        if (dense.Residual == DenseResidual.Projected)
        {
            residual = Value(SentenceWeights.Name("residual", module), dense.Outputs, values);
            yield return new LinearOp(input, name + "Residual", name + "ResidualBias", new Plain(), residual) { Purpose = "The row in the width of the next product" };
        }

        bool activates = dense.Activation != Activation.Identity;
        Finish finish = (activates, residual) switch
        {
            (true, { } r) => new ActivatedAndAdded(dense.Activation, r),
            (true, null) => new Activated(dense.Activation),
            (false, { } r) => new Added(r),
            _ => new Plain(),
        };
        yield return new LinearOp(input, name, name + "Bias", finish, output) { Purpose = "A dense layer of the folder's own" };
    }

    private static string Value(string name, int columns, ValueList values) => values.Add(Name, name, RowAxis.Sequences, columns);
}
