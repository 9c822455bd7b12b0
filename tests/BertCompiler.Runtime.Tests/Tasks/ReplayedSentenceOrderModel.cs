using BertCompiler.Tool.Verification.Tasks.Replay;
using BertCompiler.Weights;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>A SentenceOrderModel whose logits are looked up.</summary>
internal sealed class ReplayedSentenceOrderModel(PackedWeights weights, ModelFacts facts, HeadFacts head, StoredLogits logits, LoadOptions? options = null)
    : SentenceOrderModel(new ReplayedProgram(weights, logits, options), facts, head, options);
