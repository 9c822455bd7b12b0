using System.Globalization;
using BertCompiler.Core.Families;
using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>
/// Gives the encoder's parameters Hugging Face's names by their place, and holds that against the names that the graph has kept: what
/// stands before them all (<c>0.auto_model.</c>) is taken off, and a parameter that stands in another's place is an error.
/// </summary>
internal sealed class TrunkNames
{
    private readonly Family _family;

    private TrunkNames(Family family, IReadOnlyList<NamedWeight> weights, string prefix)
    {
        _family = family;
        Weights = weights;
        Kept = Family.All.Select(f => f.Prefix).FirstOrDefault(p => prefix == p || prefix.EndsWith("." + p, StringComparison.Ordinal)) ?? "";
        Wrapper = prefix[..^Kept.Length];
    }

    /// <summary>The encoder's parameters, without prefix.</summary>
    public IReadOnlyList<NamedWeight> Weights { get; }

    /// <summary>The family's prefix, if the graph has it: <c>bert.</c>.</summary>
    public string Kept { get; }

    /// <summary>What stands before every name and means nothing: <c>0.auto_model.</c>.</summary>
    public string Wrapper { get; }

    /// <summary>Names an encoder's parameters.</summary>
    public static TrunkNames Of(Family family, EncoderTrunk trunk, EmbeddingTables tables)
    {
        IReadOnlyList<NamedWeight> weights = [.. Shared(family, trunk, tables), .. trunk.Layers.SelectMany((layer, number) => OfLayer(family, layer, number))];
        return new TrunkNames(family, weights, PrefixOf(weights));
    }

    /// <summary>A name of the graph without what stands before every name.</summary>
    public string Strip(string name) => Wrapper.Length > 0 && name.StartsWith(Wrapper, StringComparison.Ordinal) ? name[Wrapper.Length..] : name;

    /// <summary>Names and places must agree, but where one tensor is used in several places.</summary>
    /// <param name="graph">The graph.</param>
    /// <exception cref="ImportException">They do not.</exception>
    public void Check(OnnxGraph graph)
    {
        var places = new HashSet<string>(Weights.Select(w => w.Name), StringComparer.Ordinal);
        Dictionary<OnnxTensor, int> uses = [];
        foreach (NamedWeight weight in Weights) uses[weight.Weight.Values] = uses.GetValueOrDefault(weight.Weight.Values) + 1;
        foreach (NamedWeight weight in Weights)
        {
            string own = HubNames.Modern(Bare(weight.Weight.Name));
            bool isElsewhere = weight.KnowsName && own != weight.Name && (places.Contains(own) || IsOfLayer(own));
            if (!isElsewhere || uses[weight.Weight.Values] > 1) continue;
            throw new ImportException(ProblemKinds.OnnxUnsupported, graph.Source.FilePath, $"{graph.Source.FileName}: '{weight.Weight.Name}' stands where an encoder of the family has '{weight.Name}'");
        }
    }

    /// <summary>Whether a name, without prefix, is that of a parameter in a layer.</summary>
    public bool IsOfLayer(string bare) =>
        bare.StartsWith(_family.AttentionOutput[..(_family.AttentionOutput.IndexOf("{layer}", StringComparison.Ordinal))], StringComparison.Ordinal);

    /// <summary>A name of the graph without any prefix.</summary>
    public string Bare(string name)
    {
        string stripped = Strip(name);
        return Kept.Length > 0 && stripped.StartsWith(Kept, StringComparison.Ordinal) ? stripped[Kept.Length..] : stripped;
    }

    private static IEnumerable<NamedWeight> Shared(Family family, EncoderTrunk trunk, EmbeddingTables tables)
    {
        if (tables.Words is { } words) yield return new NamedWeight(family.WordTable + ".weight", words);
        if (tables.Positions is { } positions) yield return new NamedWeight(family.PositionTable + ".weight", positions);
        if (tables.Types is { } types && family.TypeTable is { } typeTable) yield return new NamedWeight(typeTable + ".weight", types);
        foreach (NamedWeight weight in OfNorm(family.EmbeddingNorm!, trunk.EmbeddingNorm)) yield return weight;
        if (trunk.Projection is null || family.EmbeddingProjection is null) yield break;
        foreach (NamedWeight weight in OfLinear(family.EmbeddingProjection, trunk.Projection)) yield return weight;
    }

    private static IEnumerable<NamedWeight> OfLayer(Family family, EncoderLayer layer, int number)
    {
        string Numbered(string stem) => stem.Replace("{layer}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        IEnumerable<NamedWeight> projections = Enumerable.Range(0, 3).SelectMany(i => OfLinear(Numbered(family.QueryKeyValue[i].Name), layer.Projections[i]));
        return
        [
            .. projections,
            .. OfLinear(Numbered(family.AttentionOutput), layer.AttentionOutput),
            .. OfNorm(Numbered(family.AttentionNorm), layer.AttentionNorm),
            .. OfLinear(Numbered(family.Intermediate[0].Name), layer.Intermediate),
            .. OfLinear(Numbered(family.Output), layer.Output),
            .. OfNorm(Numbered(family.OutputNorm), layer.OutputNorm),
        ];
    }

    private static IEnumerable<NamedWeight> OfLinear(string stem, LinearWeights linear)
    {
        yield return new NamedWeight(stem + ".weight", linear.Weight, !linear.IsCut);
        if (linear.Bias is { } bias) yield return new NamedWeight(stem + ".bias", bias, !linear.IsCut);
    }

    private static IEnumerable<NamedWeight> OfNorm(string stem, Norm norm) =>
        [new NamedWeight(stem + ".weight", norm.Weight), new NamedWeight(stem + ".bias", norm.Bias)];

    /// <summary>What most parameters have before the name that their place asks for.</summary>
    private static string PrefixOf(IReadOnlyList<NamedWeight> weights)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (NamedWeight weight in weights.Where(w => w.KnowsName))
        {
            string name = HubNames.Modern(weight.Weight.Name);
            if (name != weight.Name && !name.EndsWith("." + weight.Name, StringComparison.Ordinal)) continue;
            string prefix = name[..^weight.Name.Length];
            counts[prefix] = counts.GetValueOrDefault(prefix) + 1;
        }

        return counts.Count == 0 ? "" : counts.MaxBy(c => c.Value).Key;
    }
}
