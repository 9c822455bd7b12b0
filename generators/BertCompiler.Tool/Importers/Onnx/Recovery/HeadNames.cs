using BertCompiler.Core.Families;
using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>Names what stands behind the encoder: a Linear layer after its bias, a LayerNorm after itself, the pooler by its place where its name is lost.</summary>
internal sealed class HeadNames(OnnxGraph graph, GraphPaths paths, TrunkNames names, Family family)
{
    /// <summary>Modules whose bias lies one module higher than their weight: the scores of masked language models.</summary>
    private static readonly string[] BiasAbove = ["cls.predictions", "lm_head"];

    private int _layers;

    /// <summary>The heads' parameters, with their full names, in the graph's order; a name may come twice.</summary>
    /// <exception cref="ImportException">There are more layers than were understood.</exception>
    public List<NamedWeight> Of(EncoderTrunk trunk)
    {
        var all = new List<NamedWeight>();
        _layers = trunk.Layers.Count;
        foreach (object found in trunk.Behind)
        {
            if (found is Norm norm)
            {
                Add(all, norm.Weight, norm.Weight.Name);
                Add(all, norm.Bias, norm.Bias.Name);
            }
            else if (found is Product product)
            {
                AddProduct(all, product, trunk);
            }
            else if (found is FusedAttention attention)
            {
                throw Unsupported($"the attention '{attention.Node.Label()}' stands behind the {trunk.Layers.Count} layers that were understood");
            }
        }

        return all;
    }

    private void AddProduct(List<NamedWeight> all, Product product, EncoderTrunk trunk)
    {
        string? module = product.Bias is { } b && HubNames.IsParameter(b.Name) ? HubNames.Module(names.Strip(b.Name)) : null;
        bool isTrunks = module is not null && trunk.Layers.Count > 0 && names.Weights.Any(w => w.Weight.Values == product.Bias!.Values);
        if (module is null || isTrunks) module = HubNames.IsParameter(product.Weight.Name) ? HubNames.Module(names.Strip(product.Weight.Name)) : null;
        if (module is null && family.Pooler is { } pooler && IsPooler(product, trunk)) module = names.Kept + pooler;
        if (module is null) return;
        bool above = Array.Exists(BiasAbove, m => module == m || module.EndsWith("." + m, StringComparison.Ordinal));
        Add(all, product.Weight, (above ? module + ".decoder" : module) + ".weight");
        if (product.Bias is { } bias) Add(all, bias, module + ".bias");
    }

    private void Add(List<NamedWeight> all, GraphWeight weight, string name)
    {
        if (!HubNames.IsParameter(name)) return;
        string full = names.Strip(name);
        if (names.IsOfLayer(names.Bare(full))) throw Unsupported($"'{name}' stands behind the {_layers} layers that were understood");
        all.Add(new NamedWeight(full, weight));
    }

    /// <summary>tanh of a product with the first token's hidden state.</summary>
    private bool IsPooler(Product product, EncoderTrunk trunk)
    {
        string states = trunk.Layers[^1].OutputNorm.Output;
        bool takesFirst = paths.Source(product.Input) is { OpType: "Gather" or "Slice" } first && paths.Back(first.In(0)) == states;
        return takesFirst && graph.ConsumersOf(product.Output).Any(n => n.OpType == "Tanh");
    }

    private ImportException Unsupported(string what) => new(ProblemKinds.OnnxUnsupported, graph.Source.FilePath, $"{graph.Source.FileName} is not an encoder of the family: {what}");
}
