using BertCompiler.Kernels;
using BertCompiler.Weights;

namespace BertCompiler.Tool.Verification.Tasks.Replay;

/// <summary>A token classifier whose logits are looked up.</summary>
internal sealed class ReplayedTokenClassifier(PackedWeights weights, ModelFacts facts, HeadFacts head, StoredLogits logits) : TokenClassifier(weights, facts, head, options: null)
{
    protected override Rows Forward(TokenBatch batch, Workspace work, IModelOutputs? outputs) => default;

    protected override void ComputeResults(TokenBatch batch, Workspace work, IModelOutputs outputs) => logits.WriteTokens("logits", batch, work, outputs);
}
