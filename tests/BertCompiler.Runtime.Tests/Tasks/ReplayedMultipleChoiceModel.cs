using BertCompiler.Tool.Verification.Tasks.Replay;
using BertCompiler.Weights;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>A MultipleChoiceModel whose logits are looked up.</summary>
internal sealed class ReplayedMultipleChoiceModel(PackedWeights weights, ModelFacts facts, HeadFacts head, StoredLogits logits, LoadOptions? options = null)
    : MultipleChoiceModel(new ReplayedProgram(weights, logits, options), facts, head, options);
