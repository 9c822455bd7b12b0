namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>What is known of ONNX's element types.</summary>
internal static class OnnxTypes
{
    /// <summary>Bits of one element where numbers lie as raw bytes; 0: strings, which do not; null: ONNX defines no such type.</summary>
    public static int? BitsOf(OnnxType type) => type switch
    {
        OnnxType.String => 0,
        OnnxType.UInt2 or OnnxType.Int2 => 2,
        OnnxType.UInt4 or OnnxType.Int4 or OnnxType.Float4E2M1 => 4,
        OnnxType.UInt8 or OnnxType.Int8 or OnnxType.Bool or (>= OnnxType.Float8E4M3FN and <= OnnxType.Float8E5M2FNUZ) or OnnxType.Float8E8M0 => 8,
        OnnxType.UInt16 or OnnxType.Int16 or OnnxType.Float16 or OnnxType.BFloat16 => 16,
        OnnxType.Float or OnnxType.Int32 or OnnxType.UInt32 => 32,
        OnnxType.Int64 or OnnxType.UInt64 or OnnxType.Double or OnnxType.Complex64 => 64,
        OnnxType.Complex128 => 128,
        _ => null,
    };

    /// <summary>The checkpoint's word for a type; null: it has none.</summary>
    public static TensorDtype? DtypeOf(OnnxType type) => type switch
    {
        OnnxType.Float => TensorDtype.F32,
        OnnxType.UInt8 => TensorDtype.U8,
        OnnxType.Int8 => TensorDtype.I8,
        OnnxType.UInt16 => TensorDtype.U16,
        OnnxType.Int16 => TensorDtype.I16,
        OnnxType.Int32 => TensorDtype.I32,
        OnnxType.Int64 => TensorDtype.I64,
        OnnxType.Bool => TensorDtype.Bool,
        OnnxType.Float16 => TensorDtype.F16,
        OnnxType.Double => TensorDtype.F64,
        OnnxType.UInt32 => TensorDtype.U32,
        OnnxType.UInt64 => TensorDtype.U64,
        OnnxType.Complex64 => TensorDtype.C64,
        OnnxType.BFloat16 => TensorDtype.BF16,
        OnnxType.Float8E4M3FN => TensorDtype.F8E4M3,
        OnnxType.Float8E5M2 => TensorDtype.F8E5M2,
        OnnxType.Float8E8M0 => TensorDtype.F8E8M0,
        _ => null,
    };

    /// <summary>Whether the values are whole numbers (or truth values), and of which sign: null for floats and strings.</summary>
    public static bool? IsSigned(OnnxType type) => type switch
    {
        OnnxType.Int2 or OnnxType.Int4 or OnnxType.Int8 or OnnxType.Int16 or OnnxType.Int32 or OnnxType.Int64 => true,
        OnnxType.UInt2 or OnnxType.UInt4 or OnnxType.UInt8 or OnnxType.UInt16 or OnnxType.UInt32 or OnnxType.UInt64 or OnnxType.Bool => false,
        _ => null,
    };
}
