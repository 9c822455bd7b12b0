using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>A PyTorch file since 1.6: an archive with <c>NAME/data.pkl</c> and a storage in each <c>NAME/data/KEY</c>.</summary>
internal static class ZipFile
{
    private const string PickleName = "data.pkl";

    /// <summary>Reads the pickle and finds the storages.</summary>
    /// <exception cref="ImportException">Not sound.</exception>
    public static PickledFile Read(ByteSource source, CheckpointContext context)
    {
        IReadOnlyList<ZipEntry> entries = ZipDirectory.Read(source, context);
        ZipEntry[] pickles = [.. entries.Where(e => e.Name.EndsWith("/" + PickleName, StringComparison.Ordinal) && e.Name.IndexOf('/', StringComparison.Ordinal) == e.Name.Length - PickleName.Length - 1)];
        if (pickles.Length != 1)
        {
            throw new ImportException(ProblemKinds.PickleMalformed, source.FilePath, $"{source.FileName}: expected an archive with one NAME/{PickleName}, as torch.save writes it; found {pickles.Length}");
        }

        ZipEntry pickle = pickles[0];
        string folder = pickle.Name[..^PickleName.Length];
        var storages = new Dictionary<string, StorageRun>(StringComparer.Ordinal);
        string data = folder + "data/";
        foreach (ZipEntry entry in entries)
        {
            if (entry.Name.StartsWith(data, StringComparison.Ordinal)) storages[entry.Name[data.Length..]] = new StorageRun(entry.Offset, entry.Length);
            else if (entry.Name == folder + "byteorder") CheckByteOrder(source, entry);
            else if (entry.Name == folder + "constants.pkl") throw new ImportException(ProblemKinds.PickleUnsupported, source.FilePath, $"{source.FileName} is a TorchScript program; expected a state dict (torch.save of model.state_dict())");
        }

        var input = new PickleInput(source, pickle.Offset, pickle.Length, Text.Shorten(pickle.Name), ProblemKinds.PickleMalformed, context);
        return new PickledFile(PickleMachine.Run(input, new Dictionary<string, PickleStorage>(StringComparer.Ordinal)), storages, Text.Shorten(pickle.Name));
    }

    private static void CheckByteOrder(ByteSource source, ZipEntry entry)
    {
        var bytes = new byte[(int)Math.Min(entry.Length, 16)];
        source.Read(bytes, entry.Offset);
        string order = Text.OfBytes(bytes).Trim();
        if (order == "little") return;
        throw new ImportException(ProblemKinds.PickleUnsupported, source.FilePath, $"{source.FileName}: the storages' byte order is '{Text.Shorten(order)}'; expected 'little'");
    }
}
