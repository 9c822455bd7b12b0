using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>
/// A matrix stored in few bits, widened to fp32 row by row: (q − zero point) · scale, with one rounding. Codes, scales and zero points stay in
/// the file; of the latter the rows in use are held during a call.
/// </summary>
/// <remarks>ONNX, DequantizeLinear; ONNX Runtime, docs/ContribOperators.md: MatMulNBits, GatherBlockQuantized.</remarks>
internal sealed class QuantizedData : TensorData
{
    private readonly PackedCodes _codes;
    private readonly QuantizedGrid _grid;
    private readonly OnnxTensor _values;

    private QuantizedData(OnnxTensor values, PackedCodes codes, long rows, long columns, QuantizedGrid grid) =>
        (_values, _codes, Rows, Columns, _grid) = (values, codes, rows, columns, grid);

    /// <summary>Rows of the matrix; a vector is one row.</summary>
    public long Rows { get; }

    /// <summary>Columns of the matrix.</summary>
    public long Columns { get; }

    /// <summary>What DequantizeLinear makes of <paramref name="values"/>, in their own order.</summary>
    /// <param name="values">Integers of up to 32 bits, of one or two dimensions (more, with one scale for all).</param>
    /// <param name="scale">fp32, fp16 or bf16: one; one for each index along <paramref name="axis"/>; or one for each block along it.</param>
    /// <param name="zeroPoint">As many, of the type of <paramref name="values"/>; null: 0.</param>
    /// <param name="axis">As the node says, may be negative.</param>
    /// <param name="block">The node's block_size; 0: a scale is for one index, or for all.</param>
    /// <exception cref="ImportException">Types or dimensions that do not fit each other.</exception>
    public static QuantizedData Linear(OnnxTensor values, OnnxTensor scale, OnnxTensor? zeroPoint, long axis, long block)
    {
        if (OnnxTypes.IsSigned(values.Type) is not { } signed || values.Type is OnnxType.Bool or OnnxType.UInt32 or OnnxType.Int64 or OnnxType.UInt64)
        {
            throw Fault(ProblemKinds.OnnxDtype, values, $"holds {values.Type}; expected integers of up to 32 bits that are dequantised");
        }

        (long rows, long columns) = values.Dims.Count == 2 ? (values.Dims[0], values.Dims[1]) : (1, values.Elements);
        (long rowBlock, long columnBlock) = (Math.Max(1, rows), Math.Max(1, columns));
        if (block > 0 || scale.Elements != 1)
        {
            int rank = values.Dims.Count;
            if (rank is not (1 or 2)) throw Fault(ProblemKinds.OnnxUnsupported, values, $"{values.ShapeText} has scales of its own along an axis; only vectors and matrices are read so");
            if (axis < -rank || axis >= rank) throw Fault(ProblemKinds.OnnxBounds, values, $"{values.ShapeText} has no axis {axis}");
            bool byRow = rank == 2 && (axis + rank) % rank == 0;
            (rowBlock, columnBlock) = byRow ? (Math.Max(1, block), block > 0 ? 1 : columnBlock) : (block > 0 ? 1 : rowBlock, Math.Max(1, block));
        }

        long across = Blocks(columns, columnBlock);
        long count = checked(Blocks(rows, rowBlock) * across);
        CheckScales(values, scale, count);
        int bits = OnnxTypes.BitsOf(values.Type)!.Value;
        if (zeroPoint is not null)
        {
            if (zeroPoint.Type != values.Type) throw Fault(ProblemKinds.OnnxDtype, zeroPoint, $"holds {zeroPoint.Type}; the numbers that it belongs to are {values.Type}");
            Check(zeroPoint, count, "one for each scale");
        }

        var grid = new QuantizedGrid(rowBlock, columnBlock, across, scale)
        {
            Zeros = zeroPoint is null ? null : new PackedCodes(zeroPoint, bits, signed, across),
            RoundsToScales = true,
        };
        return new QuantizedData(values, new PackedCodes(values, bits, signed, columns), rows, columns, grid);
    }

    /// <summary>The weight of a MatMulNBits node, [n, k] as Linear layers have it.</summary>
    /// <param name="values">uint8, n · ⌈k / block⌉ · block · bits / 8 of them: each row in blocks, the last one filled up.</param>
    /// <param name="scales">n · ⌈k / block⌉, fp32, fp16 or bf16.</param>
    /// <param name="zeroPoints">uint8, packed as the values are, each row in whole bytes; or floats, one a block; null: 2^(bits − 1).</param>
    /// <param name="n">Outputs.</param>
    /// <param name="k">Inputs.</param>
    /// <param name="bits">2, 4 or 8.</param>
    /// <param name="block">Numbers of a block.</param>
    /// <exception cref="ImportException">Types or dimensions that do not fit each other.</exception>
    public static QuantizedData MatMulNBits(OnnxTensor values, OnnxTensor scales, OnnxTensor? zeroPoints, long n, long k, long bits, long block)
    {
        CheckPacking(values, bits, block);
        if (n is < 1 or > int.MaxValue || k is < 1 or > int.MaxValue) throw Fault(ProblemKinds.OnnxBounds, values, $"is said to be a matrix [{n}, {k}]");
        long across = Blocks(k, block);
        Check(values, n * across * (block * bits / 8), $"those of a matrix [{n}, {k}] in blocks of {block} at {bits} bits");
        CheckScales(values, scales, n * across);
        QuantizedGrid grid = PackedGrid(scales, zeroPoints, n, across, (int)bits, block);
        return new QuantizedData(values, new PackedCodes(values, (int)bits, signed: false, across * block), n, k, grid);
    }

    /// <summary>The table [rows, width] of a GatherBlockQuantized node with gather_axis 0 and quantize_axis 1.</summary>
    /// <param name="values">int4 or uint4 [rows, width], or uint8 [rows, width · bits / 8].</param>
    /// <param name="scales">[rows, ⌈width / block⌉], fp32, fp16 or bf16.</param>
    /// <param name="zeroPoints">As many, packed as the values are; null: 0, and 2^(bits − 1) for uint8.</param>
    /// <param name="bits">4, or for uint8 also 2 or 8.</param>
    /// <param name="block">Numbers of a block.</param>
    /// <exception cref="ImportException">Types or dimensions that do not fit each other.</exception>
    public static QuantizedData GatherBlocks(OnnxTensor values, OnnxTensor scales, OnnxTensor? zeroPoints, long bits, long block)
    {
        if (values.Dims.Count != 2) throw Fault(ProblemKinds.OnnxUnsupported, values, $"{values.ShapeText} is no matrix; tables of other dimensions are not read");
        if (values.Type is OnnxType.Int4 or OnnxType.UInt4)
        {
            return Linear(values, scales, zeroPoints, axis: 1, block);
        }

        CheckPacking(values, bits, block);
        (long rows, long width) = (values.Dims[0], checked(values.Dims[1] * 8 / bits));
        long across = Blocks(width, block);
        CheckScales(values, scales, checked(rows * across));
        QuantizedGrid grid = PackedGrid(scales, zeroPoints, rows, across, (int)bits, block) with { RoundsToScales = true };
        return new QuantizedData(values, new PackedCodes(values, (int)bits, signed: false, width), rows, width, grid);
    }

    /// <summary>The same matrix with rows and columns exchanged; held whole.</summary>
    /// <param name="whole">Holds it.</param>
    /// <exception cref="ImportException">More numbers than can be held.</exception>
    public TensorData Transposed(WholeTensor whole) => Rows * Columns <= Array.MaxLength
        ? new TransposedData(this, Rows, Columns, whole)
        : throw Fault(ProblemKinds.OnnxBounds, _values, $"[{Rows}, {Columns}] is too large to be transposed");

    /// <inheritdoc/>
    public override void Read(long first, Span<float> destination)
    {
        var scratch = new Scratch(_grid, (int)Math.Min(Columns, destination.Length));
        while (!destination.IsEmpty)
        {
            (long row, long column) = (first / Columns, first % Columns);
            int count = (int)Math.Min(Columns - column, destination.Length);
            Span<int> codes = scratch.Codes.AsSpan(0, count);
            _codes.Read(row, column, codes);
            scratch.Hold(row / _grid.RowBlock);
            Widen(codes, column, scratch, destination);
            destination = destination[count..];
            first += count;
        }
    }

    private void Widen(ReadOnlySpan<int> codes, long column, Scratch scratch, Span<float> destination)
    {
        for (int i = 0; i < codes.Length;)
        {
            int block = (int)((column + i) / _grid.ColumnBlock);
            int end = (int)Math.Min(codes.Length, ((block + 1) * _grid.ColumnBlock) - column);
            float scale = scratch.Scales[block];
            if (scratch.FloatZeros is { } zeros)
            {
                // As ONNX Runtime does: two products, each rounded.
                float offset = zeros[block] * scale;
                for (; i < end; i++) destination[i] = (codes[i] * scale) - offset;
            }
            else
            {
                int zero = scratch.Zeros[block];
                for (; i < end; i++) destination[i] = (float)((long)codes[i] - zero) * scale;
            }
        }

        if (_grid.RoundsToScales) Round(destination[..codes.Length]);
    }

    private void Round(Span<float> values)
    {
        if (_grid.Scales.Type == OnnxType.Float) return;
        for (int i = 0; i < values.Length; i++) values[i] = _grid.Scales.Type == OnnxType.Float16 ? (float)(Half)values[i] : ToBFloat16(values[i]);
    }

    /// <summary>To the nearest bfloat16, ties to even; what is not finite stays so.</summary>
    private static float ToBFloat16(float value)
    {
        if (!float.IsFinite(value)) return value;
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000);
    }

    private static QuantizedGrid PackedGrid(OnnxTensor scales, OnnxTensor? zeroPoints, long rows, long across, int bits, long block)
    {
        var grid = new QuantizedGrid(1, block, across, scales) { DefaultZero = 1 << (bits - 1) };
        if (zeroPoints is null) return grid;
        if (zeroPoints.Type is OnnxType.Float or OnnxType.Float16 or OnnxType.BFloat16)
        {
            Check(zeroPoints, checked(rows * across), "one for each block");
            return grid with { FloatZeros = zeroPoints };
        }

        if (zeroPoints.Type != OnnxType.UInt8) throw Fault(ProblemKinds.OnnxDtype, zeroPoints, $"holds {zeroPoints.Type}; expected uint8 or floats");
        long rowBytes = ((across * bits) + 7) / 8;
        Check(zeroPoints, checked(rows * rowBytes), "one for each block, each row in whole bytes");
        return grid with { Zeros = new PackedCodes(zeroPoints, bits, signed: false, rowBytes * 8 / bits) };
    }

    private static void CheckPacking(OnnxTensor values, long bits, long block)
    {
        if (values.Type != OnnxType.UInt8) throw Fault(ProblemKinds.OnnxDtype, values, $"holds {values.Type}; expected uint8 with packed numbers");
        if (bits is not (2 or 4 or 8)) throw Fault(ProblemKinds.OnnxUnsupported, values, $"is packed at {bits} bits; 2, 4 and 8 are read");
        if (block is < 16 or > 1 << 20 || (block & (block - 1)) != 0) throw Fault(ProblemKinds.OnnxUnsupported, values, $"is packed in blocks of {block}; expected a power of two from 16 on");
    }

    private static void CheckScales(OnnxTensor values, OnnxTensor scales, long count)
    {
        if (scales.Type is not (OnnxType.Float or OnnxType.Float16 or OnnxType.BFloat16)) throw Fault(ProblemKinds.OnnxDtype, scales, $"holds {scales.Type}; expected fp32, fp16 or bf16 as scales");
        Check(scales, count, $"the scales of '{values.Name}' {values.ShapeText}");
    }

    private static void Check(OnnxTensor tensor, long count, string what)
    {
        if (tensor.Elements != count) throw Fault(ProblemKinds.OnnxBounds, tensor, $"{tensor.ShapeText} has {tensor.Elements} numbers; expected {count}: {what}");
    }

    private static long Blocks(long count, long block) => (count + block - 1) / block;

    private static ImportException Fault(ProblemKind kind, OnnxTensor tensor, string message) =>
        new(kind, tensor.Source.FilePath, $"{tensor.Source.FileName}: '{tensor.Name}' {message}");

    /// <summary>What one call needs: a row's codes, and the scales and zero points of the rows of blocks that it is in.</summary>
    private sealed class Scratch(QuantizedGrid grid, int codes)
    {
        private long _row = -1;

        public int[] Codes { get; } = new int[codes];

        public float[] Scales { get; } = new float[grid.Columns];

        public int[] Zeros { get; } = Enumerable.Repeat(grid.DefaultZero, grid.FloatZeros is null ? (int)grid.Columns : 0).ToArray();

        public float[]? FloatZeros { get; } = grid.FloatZeros is null ? null : new float[grid.Columns];

        public void Hold(long row)
        {
            if (row == _row) return;
            ReadSingles(grid.Scales, row, Scales);
            if (FloatZeros is not null) ReadSingles(grid.FloatZeros!, row, FloatZeros);
            else grid.Zeros?.Read(row, 0, Zeros);
            _row = row;
        }

        private static void ReadSingles(OnnxTensor tensor, long row, Span<float> destination)
        {
            TensorDtype dtype = tensor.Dtype!.Value;
            long at = row * destination.Length * (TensorDtypes.BitsOf(dtype) / 8);
            Elements.Read(tensor.Source, dtype, tensor.Offset + at, destination);
        }
    }
}
