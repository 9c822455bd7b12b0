using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.TensorBundle;

/// <summary>A TensorFlow checkpoint (TensorBundle, "V2") of google-research/bert: <c>X.index</c> and <c>X.data-00000-of-00001</c>.</summary>
internal sealed class TensorBundleFormat : ICheckpointFormat
{
    private const string Ending = ".index";

    private static readonly string[] UsualNames = ["bert_model.ckpt" + Ending, "model.ckpt" + Ending];

    public string Name => "TensorFlow checkpoint";

    public string? Find(string folder, ICollection<string> notes)
    {
        if (!Directory.Exists(folder)) return null;
        if (Array.Find(UsualNames, name => File.Exists(Path.Combine(folder, name))) is { } usual) return usual;
        string[] others = [.. Directory.EnumerateFiles(folder, "*" + Ending).Select(f => Path.GetFileName(f)).Where(IsCheckpoint).Order(StringComparer.Ordinal).Take(3)];
        if (others.Length == 0) return null;
        if (others.Length > 1)
        {
            notes.Add($"there are several TensorFlow checkpoints, '{others[0]}', '{others[1]}'{(others.Length > 2 ? ", …" : "")}: which one is meant must be said");
            return null;
        }

        notes.Add($"the weights are those of the only TensorFlow checkpoint, '{others[0]}'");
        return others[0];
    }

    public bool Matches(string fileName, ReadOnlySpan<byte> beginning) => fileName.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);

    public ICheckpoint Open(ByteSource source, CheckpointContext context)
    {
        using (source) return TensorBundleReader.Read(source, context);
    }

    /// <summary><c>NAME.ckpt.index</c>, or <c>NAME.ckpt-1000.index</c> after a thousand steps.</summary>
    private static bool IsCheckpoint(string fileName)
    {
        string stem = fileName[..^Ending.Length].TrimEnd("0123456789".ToCharArray());
        return stem.EndsWith(".ckpt-", StringComparison.Ordinal) || fileName.EndsWith(".ckpt" + Ending, StringComparison.Ordinal);
    }
}
