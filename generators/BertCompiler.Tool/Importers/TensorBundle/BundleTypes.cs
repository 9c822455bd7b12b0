namespace BertCompiler.Tool.Importers.TensorBundle;

/// <summary>TensorFlow's element types (<c>tensorflow/core/framework/types.proto</c>).</summary>
internal static class BundleTypes
{
    private static readonly string[] Names =
    [
        "DT_INVALID", "DT_FLOAT", "DT_DOUBLE", "DT_INT32", "DT_UINT8", "DT_INT16", "DT_INT8", "DT_STRING", "DT_COMPLEX64", "DT_INT64", "DT_BOOL",
        "DT_QINT8", "DT_QUINT8", "DT_QINT32", "DT_BFLOAT16", "DT_QINT16", "DT_QUINT16", "DT_UINT16", "DT_COMPLEX128", "DT_HALF", "DT_RESOURCE",
        "DT_VARIANT", "DT_UINT32", "DT_UINT64",
    ];

    /// <summary>The type of a weight; null: weights are not stored so.</summary>
    public static TensorDtype? WeightOf(int type) => type switch
    {
        1 => TensorDtype.F32,
        2 => TensorDtype.F64,
        14 => TensorDtype.BF16,
        19 => TensorDtype.F16,
        _ => null,
    };

    /// <summary>Its name, for messages.</summary>
    public static string NameOf(int type) => (uint)type < (uint)Names.Length ? Names[type] : $"the unknown type {type}";
}
