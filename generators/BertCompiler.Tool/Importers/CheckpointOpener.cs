using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Tool.Importers;

/// <summary>Finds the weights of a model folder, whatever their format.</summary>
internal static class CheckpointOpener
{
    private const string Single = "model.safetensors";
    private const string Index = "model.safetensors.index.json";

    /// <summary>Names under which weights lie in formats that are not read.</summary>
    private static readonly string[] OtherFormats =
        ["pytorch_model.bin", "pytorch_model.bin.index.json", "model.onnx", "onnx/model.onnx", "tf_model.h5", "flax_model.msgpack", "model.ckpt.index", "bert_model.ckpt.index", "model.pt"];

    /// <summary>Opens a folder's weights: one safetensors file, else shards, as transformers chooses.</summary>
    /// <exception cref="ImportException">There are none, or they are not sound.</exception>
    public static ICheckpoint Open(string folder)
    {
        string single = Path.Combine(folder, Single);
        if (File.Exists(single)) return SafeTensorsFile.Open(single);
        string index = Path.Combine(folder, Index);
        if (File.Exists(index)) return SafeTensorsShards.Open(index);
        string? other = Array.Find(OtherFormats, name => File.Exists(Path.Combine(folder, name)));
        string hint = other is null ? "" : $"; '{other}' is there, but this format is not read: save the model as safetensors (save_pretrained does)";
        throw new ImportException(ProblemKinds.WeightsMissing, folder, $"no weights: expected {Single}, or {Index} with its files{hint}");
    }
}
