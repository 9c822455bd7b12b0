using BertCompiler.Tool.Verification.Tasks.Replay;
using BertCompiler.Weights;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>A MaskedLanguageModel whose logits are looked up.</summary>
internal sealed class ReplayedMaskedLanguageModel(PackedWeights weights, ModelFacts facts, HeadFacts head, StoredLogits logits, LoadOptions? options = null)
    : MaskedLanguageModel(new ReplayedProgram(weights, logits, options), facts, head, options);
