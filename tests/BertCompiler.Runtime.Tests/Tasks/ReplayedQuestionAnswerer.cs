using BertCompiler.Tool.Verification.Tasks.Replay;
using BertCompiler.Weights;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>A QuestionAnswerer whose logits are looked up.</summary>
internal sealed class ReplayedQuestionAnswerer(PackedWeights weights, ModelFacts facts, HeadFacts head, StoredLogits logits)
    : QuestionAnswerer(new ReplayedProgram(weights, logits), facts, head, options: null);
