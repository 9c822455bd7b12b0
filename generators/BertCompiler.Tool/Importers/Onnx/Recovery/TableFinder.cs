using BertCompiler.Tool.Importers.Onnx.Schema;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>Finds tables: constants of which rows are taken by computed numbers.</summary>
internal sealed class TableFinder(OnnxGraph graph, GraphConstants constants, GraphPaths paths)
{
    private const int MostSteps = 16;

    /// <summary>More rows than a table of token types has that nothing names.</summary>
    private const int MostTypes = 16;

    /// <summary>The tables whose rows are added for a LayerNorm.</summary>
    public EmbeddingTables Of(Norm norm)
    {
        NodeProto node = norm.Node;
        if (node.OpType == "EmbedLayerNormalization")
        {
            return new EmbeddingTables(constants.Of(node.In(2)), constants.Of(node.In(3)), node.In(4).Length == 0 ? null : constants.Of(node.In(4)));
        }

        if (node.OpType == "QEmbedLayerNormalization")
        {
            return new EmbeddingTables(
                constants.Quantized(node.In(2), node.In(8), node.In(13)),
                constants.Quantized(node.In(3), node.In(9), node.In(14)),
                node.In(4).Length == 0 ? null : constants.Quantized(node.In(4), node.In(10), node.In(15)));
        }

        (GraphWeight? words, GraphWeight? positions, GraphWeight? types) = (null, null, null);
        var unknown = new List<GraphWeight>();
        foreach (string summand in paths.Summands(norm.Inputs, []))
        {
            if (Table(summand) is not { } found) continue;
            switch (Kind(found.Table, found.Indices))
            {
                case "word": words ??= found.Table; break;
                case "position": positions ??= found.Table; break;
                case "type": types ??= found.Table; break;
                default: unknown.Add(found.Table); break;
            }
        }

        foreach (GraphWeight table in unknown.OrderByDescending(t => t.Shape[0]))
        {
            if (positions is null && (table.Shape[0] > MostTypes || (unknown.Count == 1 && types is not null))) positions = table;
            else types ??= table;
        }

        return new EmbeddingTables(words, positions, types);
    }

    /// <summary>The table that a node takes rows of; null: it takes none of a constant.</summary>
    public GraphWeight? Rows(NodeProto node)
    {
        if (node.IsMicrosoft("GatherBlockQuantized")) return Blocks(node);
        if (!node.Is("Gather") || node.Int("axis", 0) != 0 || constants.Of(node.In(0)) is not { Shape.Count: 2 } table) return null;
        if (table.HasNumbers) return table;

        // Rows are widened only behind the Gather, where tables are quantised.
        NodeProto? linear = graph.ConsumersOf(node.Out()).FirstOrDefault(n => n.OpType == "DequantizeLinear");
        if (linear is null || graph.Constant(linear.In(1)) is not { } scale) return null;
        return table with { Form = WeightForm.Linear, Scale = scale, ZeroPoint = graph.Constant(linear.In(2)), Axis = table.Transposed ? 0 : 1 };
    }

    private (GraphWeight Table, string Indices)? Table(string value)
    {
        for (int step = 0; step < MostSteps && graph.ProducerOf(value) is { } node; step++)
        {
            if (Rows(node) is { } table) return (table, node.In(1));
            if (node.Is("Slice") && constants.Of(node.In(0)) is { HasNumbers: true, Shape.Count: 2 } sliced) return (sliced, "");
            if (!GraphPaths.Passes(node)) return null;
            value = node.In(0);
        }

        return null;
    }

    private GraphWeight? Blocks(NodeProto node)
    {
        if (node.Int("gather_axis", 0) != 0 || node.Int("quantize_axis", 1) is not (1 or -1)) return null;
        if (graph.Constant(node.In(0)) is not { Dims.Count: 2 } values || graph.Constant(node.In(2)) is not { } scales) return null;
        long bits = node.Int("bits", 4);
        bool packed = values.Type == OnnxType.UInt8 && bits < 8;
        return new GraphWeight
        {
            Name = HubNames.Base(values.Name),
            Values = values,
            Shape = new([values.Dims[0], packed ? values.Dims[1] * (8 / bits) : values.Dims[1]]),
            Form = WeightForm.GatherBlocks,
            Scale = scales,
            ZeroPoint = graph.Constant(node.In(3)),
            Bits = bits,
            Block = node.Int("block_size", 128),
        };
    }

    /// <summary>What a table is for, by its name, or else by the input that its rows are chosen by.</summary>
    private string Kind(GraphWeight table, string indices)
    {
        string source = paths.Back(indices);
        bool isInput = graph.Inputs.Any(i => i.Name == source);
        if (isInput && IsIds(source)) return "word";
        string[] texts = isInput ? [table.Name, source] : [table.Name];
        foreach (string text in texts)
        {
            if (text.Contains("token_type", StringComparison.Ordinal) || text.Contains("segment", StringComparison.Ordinal)) return "type";
            if (text.Contains("position", StringComparison.Ordinal)) return "position";
            if (text.Contains("word_embeddings", StringComparison.Ordinal)) return "word";
        }

        return isInput ? "word" : "";
    }

    private static bool IsIds(string input) => input is "input_ids" or "input";
}
