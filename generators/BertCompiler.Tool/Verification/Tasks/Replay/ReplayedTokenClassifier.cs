using BertCompiler.Weights;

namespace BertCompiler.Tool.Verification.Tasks.Replay;

/// <summary>A token classifier whose logits are looked up.</summary>
internal sealed class ReplayedTokenClassifier(PackedWeights weights, ModelFacts facts, HeadFacts head, StoredLogits logits)
    : TokenClassifier(new ReplayedProgram(weights, logits), facts, head, options: null);
