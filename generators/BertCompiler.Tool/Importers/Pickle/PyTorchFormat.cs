using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>What <c>torch.save</c> writes, in one file, under the names of transformers and fairseq.</summary>
internal sealed class PyTorchFormat : ICheckpointFormat
{
    private const string Usual = "pytorch_model.bin";
    private const int HighestProtocol = 5;

    /// <summary>fairseq's published models, and its training.</summary>
    private static readonly string[] FairseqFiles = ["model.pt", "checkpoint_best.pt", "checkpoint_last.pt"];

    public string Name => "PyTorch";

    public string? Find(string folder, ICollection<string> notes)
    {
        if (File.Exists(Path.Combine(folder, Usual))) return Usual;
        if (File.Exists(Path.Combine(folder, PyTorchShardsFormat.Index))) return null;
        if (Array.Find(FairseqFiles, f => File.Exists(Path.Combine(folder, f))) is not { } found) return null;
        notes.Add($"the weights are those of {found}");
        return found;
    }

    /// <summary>By extension, or an archive's or a pickle's first bytes.</summary>
    public bool Matches(string fileName, ReadOnlySpan<byte> beginning) =>
        LonePyTorchFormat.Extensions.Contains(Path.GetExtension(fileName), StringComparer.OrdinalIgnoreCase)
        || beginning.StartsWith("PK\u0003\u0004"u8)
        || beginning is [0x80, > 0 and <= HighestProtocol, ..];

    public ICheckpoint Open(ByteSource source, CheckpointContext context) => PyTorchFile.Open(source, context);
}
