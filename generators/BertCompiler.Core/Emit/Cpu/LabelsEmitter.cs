namespace BertCompiler.Core.Emit.Cpu;

/// <summary><c>X.Labels.g.cs</c>: the labels as an enum, and their texts.</summary>
internal static class LabelsEmitter
{
    public static void Write(EmitContext context, CodeWriter w)
    {
        EquatableArray<string> labels = context.Spec.Head.Labels;
        using (context.PartialClass(w))
        {
            if (BaseClass.HasLabelEnum(context)) WriteEnum(labels, w);
            w.Summary("The labels' own texts, in the same order.");
            w.Line("public static global::System.ReadOnlySpan<string> LabelTexts => _labelTexts;").Line();
            w.Line("private static readonly string[] _labelTexts =");
            w.Line("[");
            foreach (string label in labels) w.Line("    " + Literal.String(label) + ",");
            w.Line("];");
        }
    }

    private static void WriteEnum(EquatableArray<string> labels, CodeWriter w)
    {
        IReadOnlyList<string> names = LabelNames.Make(labels);
        w.Summary("The labels, in the order of the logits.");
        using (w.Block("public enum Label"))
        {
            for (int i = 0; i < labels.Count; i++)
            {
                w.Summary(labels[i].Length == 0 ? "(empty)" : Literal.Documentation(labels[i]));
                w.Line(FormattableString.Invariant($"{names[i]} = {i},"));
            }
        }

        w.Line();
    }
}
