using BertCompiler.Kernels;
using BertCompiler.Tool.Verification.Tasks.Replay;
using BertCompiler.Weights;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>A NextSentenceModel whose logits are looked up.</summary>
internal sealed class ReplayedNextSentenceModel(PackedWeights weights, ModelFacts facts, HeadFacts head, StoredLogits logits, LoadOptions? options = null)
    : NextSentenceModel(weights, facts, head, options)
{
    protected override Rows Forward(TokenBatch batch, Workspace work, IModelOutputs? outputs) => default;

    protected override void ComputeResults(TokenBatch batch, Workspace work, IModelOutputs outputs) => logits.WriteSequences("logits", batch, work, outputs);
}
