namespace BertCompiler.Core.Plan;

/// <summary>
/// Where everything lies in the packed file: header page, shared tensors, the layers' weights one set after the other, tensors of the head, then
/// the tokenizer. Every tensor begins on a 4096-byte page. Layers of a kind are laid out alike: one set of offsets serves them all.
/// </summary>
public sealed record WeightPlan
{
    /// <summary>Bytes of a page, and of the header.</summary>
    public const int PageBytes = 4096;

    /// <summary>Tensors that are there once: embeddings, tables of positions, pooler, head. Offsets from the start of the file.</summary>
    public required EquatableArray<PackedTensor> Shared { get; init; }

    /// <summary>The weights of one layer of each kind.</summary>
    public required EquatableArray<LayerWeights> Kinds { get; init; }

    /// <summary>Where each set of a layer's weights begins.</summary>
    public required EquatableArray<long> Starts { get; init; }

    /// <summary>Where the tensors end: a page border, and the tokenizer's place.</summary>
    public required long End { get; init; }

    /// <summary>The tensor of that name: of a layer of that kind, or shared.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">The kind of layer that asks; null: none.</param>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public PackedTensor Tensor(string name, int? kind) =>
        (kind is { } k ? Kinds[k].Tensors.FirstOrDefault(t => t.Name == name) : null)
        ?? Shared.FirstOrDefault(t => t.Name == name)
        ?? throw new KeyNotFoundException($"no packed tensor '{name}'");

    /// <summary>Whether a name that a kind of layer uses belongs to its own weights.</summary>
    public bool IsOfLayer(string name, int? kind) => kind is { } k && Kinds[k].Tensors.Any(t => t.Name == name);
}
