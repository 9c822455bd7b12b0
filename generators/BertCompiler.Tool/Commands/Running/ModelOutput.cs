using System.Text.RegularExpressions;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;

namespace BertCompiler.Tool.Commands.Running;

/// <summary>One result of a model, under its Hugging Face name.</summary>
/// <param name="Name"><c>last_hidden_state</c>, <c>attentions.0</c> …</param>
/// <param name="Axis">What it has rows for.</param>
/// <param name="Width">Numbers in a row; for attention the number of heads.</param>
/// <param name="IsFlat">Whether the row's dimension, which is 1, is left out of the shape, as Hugging Face does.</param>
internal sealed partial record ModelOutput(string Name, OutputAxis Axis, int Width, bool IsFlat)
{
    /// <summary>Every result of a model, in the order in which they become ready.</summary>
    public static IReadOnlyList<ModelOutput> Of(ModelSpec spec, Taps taps)
    {
        ExecutionPlan plan = ForwardPlanner.Plan(spec, taps);
        var outputs = new List<ModelOutput>();
        for (int layer = 0; layer <= spec.Layers; layer++)
        {
            if (taps.HasFlag(Taps.Hidden)) outputs.Add(new(FormattableString.Invariant($"hidden_states.{layer}"), OutputAxis.Tokens, spec.Hidden, IsFlat: false));
            if (taps.HasFlag(Taps.Attention) && layer < spec.Layers) outputs.Add(new(Attention(layer), OutputAxis.Attention, spec.Layer.Heads, IsFlat: false));
        }

        foreach (Output output in plan.EncoderOutputs.Concat(plan.Heads.SelectMany(h => h.Outputs)))
        {
            BufferSpec buffer = plan[output.Buffer];
            bool oneColumn = output.Column >= 0;
            bool choice = spec.Head.Kind == HeadKind.MultipleChoice && buffer.Rows == RowAxis.Sequences && buffer.Columns == 1;
            OutputAxis axis = buffer.Rows == RowAxis.Sequences ? OutputAxis.Sequences : OutputAxis.Tokens;
            outputs.Add(new(output.Name, axis, oneColumn ? 1 : buffer.Columns, oneColumn || choice));
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
