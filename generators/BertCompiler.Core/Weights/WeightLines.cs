using System.Globalization;
using BertCompiler.Core.Config;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Weights;

/// <summary>The packed file in a manifest: what the import decided, a line for each tensor. Nobody decides it again.</summary>
internal static class WeightLines
{
    private const string Shared = "tensor";
    private const string OfLayer = "layer-tensor";
    private const string Starts = "layer-starts";

    public static void Write(WeightPlan plan, ManifestWriter lines)
    {
        lines.Comment("offsets are bytes: from the start of the file; those of a layer's tensors from where the layer's weights start");
        lines.Number("tensors-end", plan.End);
        foreach (PackedTensor tensor in plan.Shared) lines.Structured(Shared, Line(tensor, new LineBuilder()));
        for (int kind = 0; kind < plan.Kinds.Count; kind++)
        {
            lines.Number("layer-bytes", plan.Kinds[kind].Bytes);
            foreach (PackedTensor tensor in plan.Kinds[kind].Tensors) lines.Structured(OfLayer, Line(tensor, new LineBuilder().Add("kind", kind, 0)));
        }

        lines.Structured(Starts, string.Join(" ", plan.Starts.Select(s => s.ToString(CultureInfo.InvariantCulture))));
    }

    public static WeightPlan Read(ManifestFields fields)
    {
        var ofLayers = fields.AllAsWritten(OfLayer).Select(line => new LineParts(OfLayer, line)).ToLookup(p => p.IntOr("kind", 0, ConfigLimits.Layers, 0), ReadTensor);
        return new WeightPlan
        {
            Shared = new(fields.AllAsWritten(Shared).Select(line => ReadTensor(new LineParts(Shared, line)))),
            Kinds = new(fields.All("layer-bytes").Select((bytes, kind) => new LayerWeights(new(ofLayers[kind]), Long("layer-bytes", bytes)))),
            Starts = new(fields.Text(Starts).Split(' ').Select(start => Long(Starts, start))),
            End = fields.Long("tensors-end"),
        };
    }

    private static string Line(PackedTensor tensor, LineBuilder line) => line
        .Add("name", tensor.Name).Add("layout", (PackedLayout?)tensor.Layout).Add("type", (ElementType?)tensor.Type)
        .Add("rows", tensor.Rows).Add("columns", tensor.Columns).Add("interleaved", tensor.IsInterleaved, false).Add("computed", tensor.IsComputed, false)
        .Add("scaled-outputs", tensor.ScaledOutputs, 0).Add("scale-exponent", tensor.ScaleExponent, 0)
        .Add("offset", tensor.Offset).ToString();

    private static PackedTensor ReadTensor(LineParts parts) => new()
    {
        Name = parts.Text("name"),
        Layout = parts.Enum<PackedLayout>("layout"),
        Type = parts.Enum<ElementType>("type"),
        Rows = parts.Int("rows", 1, int.MaxValue - 31),
        Columns = parts.Int("columns", 1, int.MaxValue - 31),
        IsInterleaved = parts.Bool("interleaved", false),
        IsComputed = parts.Bool("computed", false),
        ScaledOutputs = parts.IntOr("scaled-outputs", 1, int.MaxValue, 0),
        ScaleExponent = parts.IntOr("scale-exponent", -24, 0, 0),
        Offset = parts.Long("offset"),
    };

    private static long Long(string key, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : throw new FormatException($"'{key}': expected a whole number of at least 0, found '{ManifestFields.Shorten(text)}'");
}
