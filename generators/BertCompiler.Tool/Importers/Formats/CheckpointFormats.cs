namespace BertCompiler.Tool.Importers.Formats;

/// <summary>Every format that is read, in the order in which a folder is searched: transformers' own order, then the others.</summary>
internal static class CheckpointFormats
{
    /// <summary>The formats.</summary>
    public static IReadOnlyList<ICheckpointFormat> All { get; } =
    [
        new SafeTensors.SafeTensorsFormat(),
        new SafeTensors.SafeTensorsShardsFormat(),
        new Pickle.PyTorchFormat(),
        new Pickle.PyTorchShardsFormat(),
        new TensorBundle.TensorBundleFormat(),
        new Onnx.OnnxFormat(),
        new Pickle.LonePyTorchFormat(),
    ];
}
