using BertCompiler.Kernels;
using BertCompiler.Weights;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>A question answerer to whom all tokens are alike.</summary>
internal sealed class ConstantAnswerer(PackedWeights weights, ModelFacts facts, LoadOptions? options = null)
    : QuestionAnswerer(weights, facts, new HeadFacts(), options)
{
    protected override Rows Forward(TokenBatch batch, Workspace work, IModelOutputs? outputs) => default;

    protected override void ComputeResults(TokenBatch batch, Workspace work, IModelOutputs outputs)
    {
        Rows rows = work.Rows(0, batch.TokenCount, 2);
        for (int i = 0; i < rows.Count; i++) rows[i].Clear();
        outputs.Tokens("start_logits", rows, 0);
        outputs.Tokens("end_logits", rows, 1);
    }
}
