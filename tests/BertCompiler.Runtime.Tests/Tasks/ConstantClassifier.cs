using BertCompiler.Kernels;
using BertCompiler.Weights;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>A classifier whose last label always has the greatest logit.</summary>
internal sealed class ConstantClassifier(PackedWeights weights, ModelFacts facts, string[] labels, LoadOptions? options = null)
    : SequenceClassifier(new InventedProgram(weights, labels.Length, WriteLogits, options), facts, new HeadFacts { Labels = labels }, options)
{
    public Crew Threads => Program.Crew;

    /// <summary>Label k has the logit k.</summary>
    public static void WriteLogits(TokenBatch batch, int row, Span<float> logits)
    {
        for (int k = 0; k < logits.Length; k++) logits[k] = k;
    }
}
