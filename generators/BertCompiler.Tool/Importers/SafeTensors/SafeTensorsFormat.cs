using System.Buffers.Binary;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.SafeTensors;

/// <summary>One safetensors file.</summary>
internal sealed class SafeTensorsFormat : ICheckpointFormat
{
    public string Name => "safetensors";

    public string? Find(string folder, ICollection<string> notes) =>
        File.Exists(Path.Combine(folder, "model.safetensors")) ? "model.safetensors" : null;

    /// <summary>By name, or a header's length and a brace.</summary>
    public bool Matches(string fileName, ReadOnlySpan<byte> beginning) =>
        fileName.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase)
        || (beginning.Length > 8 && BinaryPrimitives.ReadUInt64LittleEndian(beginning) <= SafeTensorsHeader.MostBytes && beginning[8] == (byte)'{');

    public ICheckpoint Open(ByteSource source, CheckpointContext context) => SafeTensorsFile.Open(source);
}
