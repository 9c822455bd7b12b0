using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.SafeTensors;

/// <summary>Several safetensors files with an index.</summary>
internal sealed class SafeTensorsShardsFormat : ICheckpointFormat
{
    private const string Ending = ".safetensors.index.json";

    public string Name => "safetensors, in shards";

    public string? Find(string folder, ICollection<string> notes) =>
        File.Exists(Path.Combine(folder, "model" + Ending)) ? "model" + Ending : null;

    public bool Matches(string fileName, ReadOnlySpan<byte> beginning) => fileName.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);

    public ICheckpoint Open(ByteSource source, CheckpointContext context)
    {
        using (source) return CheckpointShards.Open(source, ProblemKinds.SafeTensorsHeader, SafeTensorsFile.Open);
    }
}
