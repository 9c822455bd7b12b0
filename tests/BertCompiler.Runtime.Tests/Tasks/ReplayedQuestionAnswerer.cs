using BertCompiler.Kernels;
using BertCompiler.Tool.Verification.Tasks.Replay;
using BertCompiler.Weights;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>A QuestionAnswerer whose logits are looked up.</summary>
internal sealed class ReplayedQuestionAnswerer(PackedWeights weights, ModelFacts facts, HeadFacts head, StoredLogits logits) : QuestionAnswerer(weights, facts, head, options: null)
{
    protected override Rows Forward(TokenBatch batch, Workspace work, IModelOutputs? outputs) => default;

    protected override void ComputeResults(TokenBatch batch, Workspace work, IModelOutputs outputs)
    {
        logits.WriteTokens("start_logits", batch, work, outputs);
        logits.WriteTokens("end_logits", batch, work, outputs);
    }
}
