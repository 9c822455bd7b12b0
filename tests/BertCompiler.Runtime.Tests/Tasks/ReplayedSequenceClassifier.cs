using BertCompiler.Tool.Verification.Tasks.Replay;
using BertCompiler.Weights;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>A SequenceClassifier whose logits are looked up.</summary>
internal sealed class ReplayedSequenceClassifier(PackedWeights weights, ModelFacts facts, HeadFacts head, StoredLogits logits)
    : SequenceClassifier(new ReplayedProgram(weights, logits), facts, head, options: null);
