namespace BertCompiler.Core.Problems;

/// <content>BERT1121…: PyTorch files. BERT1131…: ONNX files. BERT1141…: TensorFlow checkpoints. BERT1151…: what a format did to the weights.</content>
public static partial class ProblemKinds
{
    /// <summary>A pickle names a class or function beyond the few that tensors are made of. It is not run: nothing in a pickle ever is.</summary>
    public static ProblemKind PickleForbidden { get; } = new("BERT1121", "pickle_forbidden", Weights, "A pickle asks for something that is not data");

    /// <summary>The file is no PyTorch checkpoint, or its pickle is not well-formed or not a state dict.</summary>
    public static ProblemKind PickleMalformed { get; } = new("BERT1122", "pickle_malformed", Weights, "A PyTorch file is malformed");

    /// <summary>A view reaches outside its storage, or a storage is shorter than the pickle says.</summary>
    public static ProblemKind PickleBounds { get; } = new("BERT1123", "pickle_bounds", Weights, "A tensor of a PyTorch file does not fit its storage");

    /// <summary>A kind of storage or tensor that weights of an encoder are not.</summary>
    public static ProblemKind PickleUnsupported { get; } = new("BERT1124", "pickle_unsupported", Weights, "A PyTorch file holds something that is not read");

    /// <summary>An entry name that is absolute or climbs.</summary>
    public static ProblemKind ZipUnsafe { get; } = new("BERT1125", "zip_unsafe", Weights, "An archive names a path outside itself");

    /// <summary>An entry that is not stored as it is.</summary>
    public static ProblemKind ZipCompressed { get; } = new("BERT1126", "zip_compressed", Weights, "An archive of weights is compressed");

    /// <summary>The file is no well-formed ONNX model.</summary>
    public static ProblemKind OnnxMalformed { get; } = new("BERT1131", "onnx_malformed", Weights, "An ONNX file is malformed");

    /// <summary>Dimensions and bytes of an initialiser disagree.</summary>
    public static ProblemKind OnnxBounds { get; } = new("BERT1132", "onnx_bounds", Weights, "A tensor of an ONNX file does not fit its bytes");

    /// <summary>An element type that ONNX does not define.</summary>
    public static ProblemKind OnnxDtype { get; } = new("BERT1133", "onnx_dtype", Weights, "An ONNX tensor has an unknown element type");

    /// <summary>Two initialisers of one name.</summary>
    public static ProblemKind OnnxDuplicate { get; } = new("BERT1134", "onnx_duplicate", Weights, "Two ONNX tensors have one name");

    /// <summary>Operators or structure that are not understood.</summary>
    public static ProblemKind OnnxUnsupported { get; } = new("BERT1135", "onnx_unsupported", Weights, "An ONNX graph is not an encoder of the family");

    /// <summary>Offset or length of external data that does not fit the file.</summary>
    public static ProblemKind ExternalBounds { get; } = new("BERT1136", "external_bounds", Weights, "External data lies outside its file");

    /// <summary>The index is not the table that TensorFlow writes.</summary>
    public static ProblemKind TensorBundleMalformed { get; } = new("BERT1141", "tf_malformed", Weights, "A TensorFlow checkpoint's index is malformed");

    /// <summary>Offsets or sizes that do not fit.</summary>
    public static ProblemKind TensorBundleBounds { get; } = new("BERT1142", "tf_bounds", Weights, "A TensorFlow checkpoint points outside its files");

    /// <summary>Bytes changed since they were written.</summary>
    public static ProblemKind TensorBundleChecksum { get; } = new("BERT1143", "tf_checksum", Weights, "A TensorFlow checkpoint's checksum is wrong");

    /// <summary>An element type that is no float.</summary>
    public static ProblemKind TensorBundleDtype { get; } = new("BERT1144", "tf_dtype", Weights, "A TensorFlow tensor has an element type that weights cannot have");

    /// <summary>A warning: results are those of the rounded weights.</summary>
    public static ProblemKind WeightsDequantized { get; } = new("BERT1151", "weights_dequantized", Weights, "Weights were stored in fewer bits and are widened");

    /// <summary>A warning: the checkpoint counts.</summary>
    public static ProblemKind WeightsOverrideConfig { get; } = new("BERT1152", "weights_override_config", Weights, "The weights compute something else than config.json says");

    private static IReadOnlyList<ProblemKind> FormatKinds =>
    [
        PickleForbidden, PickleMalformed, PickleBounds, PickleUnsupported, ZipUnsafe, ZipCompressed, OnnxMalformed, OnnxBounds,
        OnnxDtype, OnnxDuplicate, OnnxUnsupported, ExternalBounds, TensorBundleMalformed, TensorBundleBounds, TensorBundleChecksum,
        TensorBundleDtype, WeightsDequantized, WeightsOverrideConfig,
    ];
}
