using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>Several PyTorch files with an index.</summary>
internal sealed class PyTorchShardsFormat : ICheckpointFormat
{
    /// <summary>The index's name.</summary>
    public const string Index = "pytorch_model" + Ending;

    private const string Ending = ".bin.index.json";

    public string Name => "PyTorch, in shards";

    public string? Find(string folder, ICollection<string> notes) => File.Exists(Path.Combine(folder, Index)) ? Index : null;

    public bool Matches(string fileName, ReadOnlySpan<byte> beginning) => fileName.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);

    public ICheckpoint Open(ByteSource source, CheckpointContext context)
    {
        using (source) return CheckpointShards.Open(source, ProblemKinds.PickleMalformed, shard => PyTorchFile.Open(shard, context));
    }
}
