using BertCompiler.Kernels;
using BertCompiler.Weights;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>A cross-encoder for which all documents fit alike.</summary>
internal sealed class ConstantRanker(PackedWeights weights, ModelFacts facts, string[] labels, LoadOptions? options = null)
    : CrossEncoder(weights, facts, new HeadFacts { Labels = labels }, options)
{
    protected override Rows Forward(TokenBatch batch, Workspace work, IModelOutputs? outputs) => default;

    protected override void ComputeResults(TokenBatch batch, Workspace work, IModelOutputs outputs)
    {
        Rows rows = work.Rows(0, batch.Count, Head.Labels.Count);
        for (int i = 0; i < rows.Count; i++)
        {
            for (int k = 0; k < rows.Columns; k++) rows[i][k] = k;
        }

        outputs.Sequences("logits", rows);
    }
}
