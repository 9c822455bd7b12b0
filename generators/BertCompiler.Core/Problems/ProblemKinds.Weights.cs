namespace BertCompiler.Core.Problems;

/// <content>BERT1101…: files of weights. BERT1201…: the tensors in them against what the model needs.</content>
public static partial class ProblemKinds
{
    private const string Weights = "Weights";

    /// <summary>The header of a safetensors file is not what the format demands.</summary>
    public static ProblemKind SafeTensorsHeader { get; } = new("BERT1101", "safetensors_header", Weights, "A safetensors header is malformed");

    /// <summary>Offsets or shapes that do not fit the bytes.</summary>
    public static ProblemKind SafeTensorsBounds { get; } = new("BERT1102", "safetensors_bounds", Weights, "A safetensors tensor does not fit its bytes");

    /// <summary>An element type that the format does not know.</summary>
    public static ProblemKind SafeTensorsDtype { get; } = new("BERT1103", "safetensors_dtype", Weights, "A safetensors element type is unknown");

    /// <summary>One tensor name twice.</summary>
    public static ProblemKind SafeTensorsDuplicate { get; } = new("BERT1104", "safetensors_duplicate", Weights, "A tensor is stored twice");

    /// <summary>A file names a path outside the model folder.</summary>
    public static ProblemKind PathEscape { get; } = new("BERT1105", "path_escape", Weights, "A path leaves the model folder");

    /// <summary>A Git LFS pointer lies where the file should be.</summary>
    public static ProblemKind LfsPointer { get; } = new("BERT1106", "lfs_pointer", Weights, "A Git LFS pointer stands in for the file");

    /// <summary>The file ends before its content does.</summary>
    public static ProblemKind FileTruncated { get; } = new("BERT1107", "file_truncated", Weights, "A file of weights was cut short");

    /// <summary>No weights, or not all files of them.</summary>
    public static ProblemKind WeightsMissing { get; } = new("BERT1108", "weights_missing", Weights, "The model's weights are missing");

    /// <summary>NaN or infinity among the weights.</summary>
    public static ProblemKind WeightsNotFinite { get; } = new("BERT1109", "weights_not_finite", Weights, "Weights are not finite");

    /// <summary>A tensor that the model needs is absent.</summary>
    public static ProblemKind TensorMissing { get; } = new("BERT1201", "tensor_missing", Weights, "A tensor is missing");

    /// <summary>A tensor has another shape than the configuration says.</summary>
    public static ProblemKind TensorShape { get; } = new("BERT1202", "tensor_shape", Weights, "A tensor has the wrong shape");

    /// <summary>A tensor's elements are not of a type that weights can have.</summary>
    public static ProblemKind TensorDtype { get; } = new("BERT1203", "tensor_dtype", Weights, "A tensor has an element type that weights cannot have");

    /// <summary>Two tensors claim to be the same one.</summary>
    public static ProblemKind TensorAmbiguous { get; } = new("BERT1204", "tensor_ambiguous", Weights, "Two tensors claim one place");

    /// <summary>A tensor that the model has no use for.</summary>
    public static ProblemKind TensorExtra { get; } = new("BERT1205", "tensor_extra", Weights, "A tensor has no place in the model");

    /// <summary>More layers in the file than in the configuration.</summary>
    public static ProblemKind TensorExtraLayer { get; } = new("BERT1206", "tensor_extra_layer", Weights, "The file has more layers than the configuration");

    /// <summary>A head is asked for whose tensors are not there.</summary>
    public static ProblemKind HeadTensorsMissing { get; } = new("BERT1207", "head_tensors_missing", Weights, "The tensors of the head that is asked for are missing");

    private static IReadOnlyList<ProblemKind> WeightKinds =>
    [
        SafeTensorsHeader, SafeTensorsBounds, SafeTensorsDtype, SafeTensorsDuplicate, PathEscape, LfsPointer, FileTruncated, WeightsMissing,
        WeightsNotFinite, .. FormatKinds, TensorMissing, TensorShape, TensorDtype, TensorAmbiguous, TensorExtra, TensorExtraLayer, HeadTensorsMissing,
    ];
}
