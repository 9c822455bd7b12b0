using BertCompiler.Weights;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>A cross-encoder for which all documents fit alike.</summary>
internal sealed class ConstantRanker(PackedWeights weights, ModelFacts facts, string[] labels, LoadOptions? options = null)
    : CrossEncoder(new InventedProgram(weights, labels.Length, ConstantClassifier.WriteLogits, options), facts, new HeadFacts { Labels = labels }, options);
