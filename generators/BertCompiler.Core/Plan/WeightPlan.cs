namespace BertCompiler.Core.Plan;

/// <summary>
/// The packed file, decided from the spec alone: header page, shared tensors, L layers of equal size, head tensors, then the tokenizer.
/// Every tensor begins on a 4096-byte page. Because all layers are alike, one set of offsets and a stride serve them all.
/// </summary>
public sealed record WeightPlan
{
    /// <summary>Bytes of a page, and of the header.</summary>
    public const int PageBytes = 4096;

    /// <summary>Tensors that are there once: embeddings, pooler, head. Offsets from the start of the file.</summary>
    public required EquatableArray<PackedTensor> Shared { get; init; }

    /// <summary>Tensors of one layer. Offsets from the start of the layer.</summary>
    public required EquatableArray<PackedTensor> Layer { get; init; }

    /// <summary>Where layer 0 begins.</summary>
    public required long FirstLayer { get; init; }

    /// <summary>Bytes of one layer.</summary>
    public required long LayerBytes { get; init; }

    /// <summary>L.</summary>
    public required int Layers { get; init; }

    /// <summary>Where the tensors end: a page border, and the tokenizer's place.</summary>
    public required long End { get; init; }

    /// <summary>The tensor of that name, shared or of the layer.</summary>
    public PackedTensor this[string name] =>
        Shared.Concat(Layer).FirstOrDefault(t => t.Name == name) ?? throw new KeyNotFoundException($"no packed tensor '{name}'");

    /// <summary>Where a tensor of layer <paramref name="layer"/> begins.</summary>
    public long OffsetOf(PackedTensor tensor, int layer) => FirstLayer + (layer * LayerBytes) + tensor.Offset;
}
