namespace BertCompiler.Core.Plan;

/// <summary>Short forms for the tensors of a <see cref="PackingPlan"/>.</summary>
internal static class Packed
{
    public static TensorRecipe Table(string name, string stem, int rows, int columns) =>
        Of(name, PackedLayout.Table, rows, columns, Stored(Source(stem + ".weight", rows, columns)));

    /// <summary>A table that no checkpoint holds.</summary>
    public static TensorRecipe Table(string name, int rows, int columns, TensorContent content) => Of(name, PackedLayout.Table, rows, columns, content);

    public static TensorRecipe Matrix(string name, TensorStem stem, int inputs, int outputs) => Matrix(name, inputs, [(stem, outputs)]);

    /// <summary>Several [N,K] tensors, or halves of one, one after the other on N.</summary>
    public static TensorRecipe Matrix(string name, int inputs, IReadOnlyCollection<(TensorStem Stem, int Outputs)> parts) =>
        Of(name, PackedLayout.Matrix, inputs, parts.Sum(p => p.Outputs), new StoredRows(new(parts.Select(p => p.Stem.Source(".weight", p.Outputs, inputs)))));

    public static TensorRecipe Bias(string name, TensorStem stem, int length, bool exists = true) => Bias(name, [(stem, length)], exists);

    /// <summary>The biases of several products; zeros where they have none.</summary>
    public static TensorRecipe Bias(string name, IReadOnlyCollection<(TensorStem Stem, int Outputs)> parts, bool exists = true)
    {
        int length = parts.Sum(p => p.Outputs);
        return exists ? Vector(name, parts.Select(p => p.Stem.Source(".bias", p.Outputs)), length) : Zeros(name, length);
    }

    /// <summary>Scale (γ) of a norm.</summary>
    public static TensorRecipe Scale(string name, string stem, int length) =>
        Vector(name, [Source(stem + ".weight", length) with { OldNames = new([stem + ".gamma"]) }], length);

    /// <summary>Shift (β) of a LayerNorm; zeros where it has none.</summary>
    public static TensorRecipe Shift(string name, string stem, int length, bool exists = true) =>
        exists ? Vector(name, [Source(stem + ".bias", length) with { OldNames = new([stem + ".beta"]) }], length) : Zeros(name, length);

    /// <summary>The bias of a product that has none: one kind of product serves both.</summary>
    public static TensorRecipe Zeros(string name, int length) => Of(name, PackedLayout.Vector, 1, length, new Zeros());

    public static TensorRecipe Of(string name, PackedLayout layout, int rows, int columns, TensorContent content) => new(
        new PackedTensor { Name = name, Layout = layout, Rows = rows, Columns = columns, IsComputed = content.Sources.Count == 0 },
        content);

    /// <summary>The same tensor, made of sources that belong to the head: no prefix stands before their names.</summary>
    public static TensorRecipe OfHead(this TensorRecipe recipe) => recipe.With(s => s with { InEncoder = false });

    /// <summary>The same tensor, made of sources in the file of a sentence module.</summary>
    public static TensorRecipe OfModule(this TensorRecipe recipe, int module) => recipe.With(s => s with { InEncoder = false, Module = module, OldNames = default });

    /// <summary>The same tensor, for which others stand in where it is missing.</summary>
    public static TensorRecipe OrElse(this TensorRecipe recipe, string name) => recipe.With(s => s with { Fallbacks = new([name]) });

    /// <summary>The same tensor, which files may call otherwise.</summary>
    public static TensorRecipe OrCalled(this TensorRecipe recipe, string stem, string other) =>
        recipe.With(s => s with { OldNames = new(s.OldNames.Append(other + s.Name[stem.Length..])) });

    /// <summary>The same outputs, the two halves in turns of 32.</summary>
    public static TensorRecipe Interleaved(this TensorRecipe recipe) => recipe with
    {
        Tensor = recipe.Tensor with { IsInterleaved = true, Columns = 2 * PackedTensor.RoundUp(recipe.Tensor.Columns / 2) },
    };

    /// <summary>The same outputs, the first ones times a power of two.</summary>
    public static TensorRecipe Scaled(this TensorRecipe recipe, int outputs, int exponent) =>
        exponent == 0 ? recipe : recipe with { Tensor = recipe.Tensor with { ScaledOutputs = outputs, ScaleExponent = exponent } };

    public static SourceTensor Source(string name, params int[] shape) => new() { Name = name, Shape = new(shape) };

    private static TensorRecipe Vector(string name, IEnumerable<SourceTensor> sources, int length) =>
        Of(name, PackedLayout.Vector, 1, length, new StoredRows(new(sources)));

    private static StoredRows Stored(SourceTensor source) => new(new EquatableArray<SourceTensor>([source]));

    private static TensorRecipe With(this TensorRecipe recipe, Func<SourceTensor, SourceTensor> change) =>
        recipe.Content is StoredRows rows ? recipe with { Content = new StoredRows(new(rows.Sources.Select(change))) } : recipe;
}
