namespace BertCompiler.Core.Plan;

/// <summary>What a packed tensor is made of. A closed set: the packer knows each.</summary>
/// <param name="Sources">Tensors of the checkpoint that it needs, in order.</param>
public abstract record TensorContent(EquatableArray<SourceTensor> Sources);

/// <summary>Rows of tensors, one after the other.</summary>
public sealed record StoredRows(EquatableArray<SourceTensor> Sources) : TensorContent(Sources);

/// <summary>Nothing but zeros: the bias of a product that has none, so that one kind of product serves both.</summary>
public sealed record Zeros() : TensorContent(default(EquatableArray<SourceTensor>));

/// <summary>Sine waves in place of learned positions (Vaswani et al. 2017, §3.5).</summary>
public sealed record SineWaves() : TensorContent(default(EquatableArray<SourceTensor>));

/// <summary>Sines, then cosines, of the angles of rotary positions: row p, column j: p/θ^(2j/D).</summary>
/// <param name="Base">θ.</param>
/// <param name="IsFloat64">Whether everything but the result is float64; otherwise each step is rounded to fp32, as PyTorch does.</param>
public sealed record RotaryAngles(double Base, bool IsFloat64) : TensorContent(default(EquatableArray<SourceTensor>));

/// <summary>The weights [N, H/groups, width] of a convolution over tokens as a matrix [width·H, N] over neighbouring rows laid side by side.</summary>
/// <param name="Source">The weights.</param>
/// <param name="Width">Tokens that it sees at once.</param>
/// <param name="Groups">Blocks of columns that it keeps apart; elsewhere the matrix is 0.</param>
public sealed record UnfoldedConvolution(SourceTensor Source, int Width, int Groups) : TensorContent(new EquatableArray<SourceTensor>([Source]));

/// <summary>
/// A table of distances through a projection: it is the same for every text, so the import computes it once. norm(table)·Wᵀ + b.
/// </summary>
/// <param name="Table">[2·span, H].</param>
/// <param name="Weight">W, [N,H].</param>
/// <param name="Bias">b, [N].</param>
/// <param name="NormScale">Scale of a LayerNorm over the table's rows; null: they are not normalised.</param>
/// <param name="NormShift">Its shift.</param>
/// <param name="Epsilon">Its ε.</param>
public sealed record ProjectedTable(SourceTensor Table, SourceTensor Weight, SourceTensor Bias, SourceTensor? NormScale, SourceTensor? NormShift, double Epsilon)
    : TensorContent(new EquatableArray<SourceTensor>(new[] { Table, Weight, Bias, NormScale, NormShift }.OfType<SourceTensor>()));
