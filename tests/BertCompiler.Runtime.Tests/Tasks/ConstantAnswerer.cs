using BertCompiler.Weights;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>A question answerer to whom all tokens are alike.</summary>
internal sealed class ConstantAnswerer(PackedWeights weights, ModelFacts facts, LoadOptions? options = null)
    : QuestionAnswerer(new InventedProgram(weights, 2, (_, _, _) => { }, options), facts, new HeadFacts(), options);
