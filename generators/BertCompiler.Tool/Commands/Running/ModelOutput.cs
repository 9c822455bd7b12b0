using System.Text.RegularExpressions;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;
using BertCompiler.Core.Weights;

namespace BertCompiler.Tool.Commands.Running;

/// <summary>One result of a model, under its Hugging Face name.</summary>
/// <param name="Name"><c>last_hidden_state</c>, <c>attentions.0</c> …</param>
/// <param name="Axis">What it has rows for.</param>
/// <param name="Width">Numbers in a row; for attention the number of heads.</param>
/// <param name="IsFlat">Whether the row's dimension, which is 1, is left out of the shape, as Hugging Face does.</param>
internal sealed partial record ModelOutput(string Name, OutputAxis Axis, int Width, bool IsFlat)
{
    /// <summary>Every result of a model, in the order in which they become ready.</summary>
    public static IReadOnlyList<ModelOutput> Of(Manifest manifest, Taps taps)
    {
        ModelSpec spec = manifest.Spec;
        ExecutionPlan plan = ForwardPlanner.Plan(spec, manifest.Weights, taps);
        var outputs = new List<ModelOutput>();
        for (int layer = 0; layer <= spec.Layers.Count; layer++)
        {
            if (taps.HasFlag(Taps.Hidden)) outputs.Add(new(FormattableString.Invariant($"hidden_states.{layer}"), OutputAxis.Tokens, spec.Hidden, IsFlat: false));
            if (taps.HasFlag(Taps.Attention) && layer < spec.Layers.Count) outputs.Add(new(Attention(layer), OutputAxis.Attention, spec.Layers.First.Heads, IsFlat: false));
        }

        foreach ((Block block, Output output) in plan.EncoderOutputs.Select(o => (plan.Embeddings, o)).Concat(plan.Heads.SelectMany(h => h.Outputs.Select(o => (h, o)))))
        {
            Value value = plan.Find(block, output.Value);
            bool oneColumn = output.Column >= 0;
            bool choice = spec.Head.Kind == HeadKind.MultipleChoice && value.Rows == RowAxis.Sequences && value.Columns == 1;
            OutputAxis axis = value.Rows == RowAxis.Sequences ? OutputAxis.Sequences : OutputAxis.Tokens;
            outputs.Add(new(output.Name, axis, oneColumn ? 1 : value.Columns, oneColumn || choice));
        }

        return outputs;
    }

    /// <summary>The name of a layer's attention probabilities.</summary>
    public static string Attention(int layer) => FormattableString.Invariant($"attentions.{layer}");

    /// <summary>Whether a tensor is called as a result is, of whatever model: NAME.logits …</summary>
    public static bool IsResult(string tensor) => ResultName().IsMatch(tensor);

    [GeneratedRegex(@"\.(last_hidden_state|pooler_output|[a-z_]*logits|(hidden_states|attentions)\.[0-9]+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ResultName();

    /// <summary>The shape it has for a group of inputs.</summary>
    public long[] ShapeFor(InputGroup group) => Axis switch
    {
        OutputAxis.Attention => [group.Sequences, Width, group.Tokens, group.Tokens],
        OutputAxis.Tokens => IsFlat ? [group.Sequences, group.Tokens] : [group.Sequences, group.Tokens, Width],
        _ => !IsFlat ? [group.Sequences, Width] : group.Choices is { } choices ? [group.Sequences / Math.Max(choices, 1), choices] : [group.Sequences],
    };
}
