namespace BertCompiler.Tool.Importers;

/// <summary>Names and sizes of element types (safetensors, <c>tensor.rs</c>, <c>Dtype</c>).</summary>
internal static class TensorDtypes
{
    /// <summary>The types that weights may be stored in, for messages.</summary>
    public const string WeightNames = "F32, F16, BF16 or F64";

    private static readonly (string Name, TensorDtype Dtype, int Bits)[] Table =
    [
        ("BOOL", TensorDtype.Bool, 8),
        ("F4", TensorDtype.F4, 4),
        ("F6_E2M3", TensorDtype.F6E2M3, 6),
        ("F6_E3M2", TensorDtype.F6E3M2, 6),
        ("U8", TensorDtype.U8, 8),
        ("I8", TensorDtype.I8, 8),
        ("F8_E5M2", TensorDtype.F8E5M2, 8),
        ("F8_E4M3", TensorDtype.F8E4M3, 8),
        ("F8_E8M0", TensorDtype.F8E8M0, 8),
        ("I16", TensorDtype.I16, 16),
        ("U16", TensorDtype.U16, 16),
        ("F16", TensorDtype.F16, 16),
        ("BF16", TensorDtype.BF16, 16),
        ("I32", TensorDtype.I32, 32),
        ("U32", TensorDtype.U32, 32),
        ("F32", TensorDtype.F32, 32),
        ("I64", TensorDtype.I64, 64),
        ("U64", TensorDtype.U64, 64),
        ("F64", TensorDtype.F64, 64),
        ("C64", TensorDtype.C64, 64),
    ];

    /// <summary>The type of that safetensors name; null: no such type.</summary>
    public static TensorDtype? Find(string name)
    {
        int index = Array.FindIndex(Table, t => string.Equals(t.Name, name, StringComparison.Ordinal));
        return index < 0 ? null : Table[index].Dtype;
    }

    /// <summary>Its safetensors name.</summary>
    public static string NameOf(TensorDtype dtype) => Table[(int)dtype].Name;

    /// <summary>Bits of one element.</summary>
    public static int BitsOf(TensorDtype dtype) => Table[(int)dtype].Bits;

    /// <summary>Whether weights may be stored so: it widens to fp32 exactly, or is fp64, which transformers rounds to fp32 too.</summary>
    public static bool IsWeight(TensorDtype dtype) => dtype is TensorDtype.F32 or TensorDtype.F16 or TensorDtype.BF16 or TensorDtype.F64;

    /// <summary>The short name that people use for a type of weights, <c>fp16</c>.</summary>
    public static string ShortNameOf(TensorDtype dtype) => dtype switch
    {
        TensorDtype.F32 => "fp32",
        TensorDtype.F16 => "fp16",
        TensorDtype.BF16 => "bf16",
        TensorDtype.F64 => "fp64",
        _ => NameOf(dtype),
    };
}
