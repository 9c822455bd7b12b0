using System.Globalization;

namespace BertCompiler.Compiler.Tests.Importing.Onnx.Recovery;

/// <summary>Writes attention as ONNX Runtime's optimiser fuses it.</summary>
internal sealed class FusedAttentionWriter(OnnxWriter graph, Quantizer quantizer, int heads)
{
    /// <summary>The result of attention, before its output product.</summary>
    /// <param name="style">The form.</param>
    /// <param name="layer">The layer's number, for names.</param>
    /// <param name="x">The layer's input.</param>
    /// <param name="parts">Query, key, value: the weight's name, its values [H,H] and the bias [H].</param>
    public string Write(AttentionStyle style, int layer, string x, (string Name, float[] Weight, float[] Bias)[] parts)
    {
        int width = parts[0].Bias.Length;
        string name = "Attention_" + layer.ToString(CultureInfo.InvariantCulture);
        float[] all = [.. parts.SelectMany(p => p.Weight)];
        string bias = graph.Floats(name + "_qkv_bias", [3 * width], [.. parts.SelectMany(p => p.Bias)]);
        switch (style)
        {
            case AttentionStyle.Fused:
                string matrix = graph.Floats(name + "_qkv_weight", [width, 3 * width], ExportedGraph.Transposed(all, 3 * width, width));
                return graph.Node("com.microsoft", "Attention", [x, matrix, bias, "attention_mask"], ("num_heads", heads));
            case AttentionStyle.FusedIntegers:
                var q = quantizer.Columns(name, name + "_qkv_weight", all, 3 * width, width, unsigned: false);
                float[] values = quantizer.Values[name];
                quantizer.Values.Remove(name);
                for (int i = 0; i < 3; i++) quantizer.Values[parts[i].Name] = values.AsSpan(i * width * width, width * width).ToArray();
                string dynamic = graph.Node("DynamicQuantizeLinear", [x]);
                graph.Nodes[^1].Output.AddRange([dynamic + "_scale", dynamic + "_zero"]);
                return graph.Node("com.microsoft", "QAttention", [dynamic, q.Numbers, bias, dynamic + "_scale", q.Scale, "attention_mask", dynamic + "_zero", q.ZeroPoint], ("num_heads", heads));
            default:
                string[] products = [.. parts.Select((p, i) => graph.Node("MatMul", [x, graph.Floats($"{name}_{i}", [width, width], ExportedGraph.Transposed(p.Weight, width, width))]))];
                return graph.Node("com.microsoft", "MultiHeadAttention", [.. products, bias, "attention_mask"], ("num_heads", heads));
        }
    }
}
