namespace BertCompiler.Core.Spec;

/// <summary>
/// The layers of an encoder, in the order in which they run: each is of a kind and has a set of weights. BERT has one kind and a set for each
/// layer, ALBERT fewer sets than layers, ModernBERT several kinds in turn.
/// </summary>
public sealed record LayerSchedule
{
    /// <summary>What the layers are made of; each kind once.</summary>
    public required EquatableArray<LayerSpec> Kinds { get; init; }

    /// <summary>The layers.</summary>
    public required EquatableArray<LayerUse> Uses { get; init; }

    /// <summary>Sets of weights that the checkpoint names together (ALBERT's <c>inner_group_num</c>).</summary>
    public int SetsInGroup { get; init; } = 1;

    /// <summary>L.</summary>
    public int Count => Uses.Count;

    /// <summary>Number of sets of weights.</summary>
    public int SetCount => Uses.Count == 0 ? 0 : Uses.Max(u => u.Weights) + 1;

    /// <summary>What layer 0 is made of. Heads, head size and ε are those of all layers.</summary>
    public LayerSpec First => Kinds[Uses[0].Kind];

    /// <summary>Layers of one kind, each with weights of its own.</summary>
    public static LayerSchedule Uniform(LayerSpec kind, int count) => new()
    {
        Kinds = new([kind]),
        Uses = new(Enumerable.Range(0, count).Select(i => new LayerUse(0, i))),
    };

    /// <summary>Layers that may each be another; equal ones become one kind.</summary>
    /// <param name="layers">What each layer is made of, in order; each has weights of its own.</param>
    public static LayerSchedule Of(IReadOnlyList<LayerSpec> layers)
    {
        var kinds = layers.Distinct().ToList();
        return new() { Kinds = new(kinds), Uses = new(layers.Select((layer, i) => new LayerUse(kinds.IndexOf(layer), i))) };
    }

    /// <summary>The kind of the layers that use a set of weights.</summary>
    public int KindOfSet(int weights) => Uses.First(u => u.Weights == weights).Kind;

    /// <summary>Whether there is one kind, and each layer has the weights of its number.</summary>
    public bool IsUniform => Kinds.Count == 1 && SetsInGroup == 1 && Enumerable.Range(0, Count).All(i => Uses[i] == new LayerUse(0, i));
}
