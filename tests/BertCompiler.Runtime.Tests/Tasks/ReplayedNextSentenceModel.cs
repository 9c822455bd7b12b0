using BertCompiler.Tool.Verification.Tasks.Replay;
using BertCompiler.Weights;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>A NextSentenceModel whose logits are looked up.</summary>
internal sealed class ReplayedNextSentenceModel(PackedWeights weights, ModelFacts facts, HeadFacts head, StoredLogits logits, LoadOptions? options = null)
    : NextSentenceModel(new ReplayedProgram(weights, logits, options), facts, head, options);
