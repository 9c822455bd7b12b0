namespace BertCompiler.Core.Plan;

/// <summary>Short forms for the tensors of a <see cref="WeightPlan"/>.</summary>
internal static class Packed
{
    public static PackedTensor Table(string name, string stem, int rows, int columns) => new()
    {
        Name = name,
        Layout = PackedLayout.Table,
        Rows = rows,
        Columns = columns,
        Sources = new([Source(stem + ".weight", rows, columns)]),
    };

    /// <summary>A table that no checkpoint holds: sine waves (Vaswani et al. 2017, §3.5).</summary>
    public static PackedTensor Sinusoids(string name, int rows, int columns) => new()
    {
        Name = name,
        Layout = PackedLayout.Table,
        Rows = rows,
        Columns = columns,
        Sources = default,
    };

    public static PackedTensor Matrix(string name, string stem, int inputs, int outputs) => Matrix(name, [stem], inputs, outputs);

    /// <summary>Several [N,K] tensors, one behind the other on N.</summary>
    public static PackedTensor Matrix(string name, IReadOnlyCollection<string> stems, int inputs, int outputs) => new()
    {
        Name = name,
        Layout = PackedLayout.Matrix,
        Rows = inputs,
        Columns = stems.Count * outputs,
        Sources = new(stems.Select(s => Source(s + ".weight", outputs, inputs))),
    };

    public static PackedTensor Bias(string name, string stem, int length) => Bias(name, [stem], length);

    public static PackedTensor Bias(string name, IReadOnlyCollection<string> stems, int length) =>
        Vector(name, stems.Select(s => Source(s + ".bias", length)), stems.Count * length);

    /// <summary>γ of a LayerNorm.</summary>
    public static PackedTensor Scale(string name, string stem, int length) =>
        Vector(name, [Source(stem + ".weight", length) with { OldNames = new([stem + ".gamma"]) }], length);

    /// <summary>β of a LayerNorm.</summary>
    public static PackedTensor Shift(string name, string stem, int length) =>
        Vector(name, [Source(stem + ".bias", length) with { OldNames = new([stem + ".beta"]) }], length);

    /// <summary>The same tensor, made of sources that belong to the head: no prefix stands before their names.</summary>
    public static PackedTensor OfHead(this PackedTensor tensor) =>
        tensor with { Sources = new(tensor.Sources.Select(s => s with { InEncoder = false })) };

    /// <summary>The bias of a product that has none: one kind of product serves both.</summary>
    public static PackedTensor Zeros(string name, int length) => Vector(name, [], length);

    /// <summary>The same tensor, made of sources in the file of a sentence module.</summary>
    public static PackedTensor OfModule(this PackedTensor tensor, int module) =>
        tensor with { Sources = new(tensor.Sources.Select(s => s with { InEncoder = false, Module = module, OldNames = default })) };

    private static PackedTensor Vector(string name, IEnumerable<SourceTensor> sources, int length) => new()
    {
        Name = name,
        Layout = PackedLayout.Vector,
        Rows = 1,
        Columns = length,
        Sources = new(sources),
    };

    private static SourceTensor Source(string name, params int[] shape) => new() { Name = name, Shape = new(shape), InEncoder = true };
}
