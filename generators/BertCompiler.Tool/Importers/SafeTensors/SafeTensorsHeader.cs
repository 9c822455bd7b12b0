using System.Buffers.Binary;
using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers.SafeTensors;

/// <summary>
/// Reads the header of a safetensors file: u64 length, that many bytes of JSON, then the tensors' bytes (safetensors,
/// <c>tensor.rs</c>, <c>SafeTensors::read_metadata</c>). Everything is checked before it is believed: the length against the file, shapes
/// against byte counts, and that the tensors cover the data without gap or overlap.
/// </summary>
internal static class SafeTensorsHeader
{
    /// <summary>The format's own limit.</summary>
    public const long MostBytes = 100_000_000;

    private const int LengthBytes = 8;

    /// <summary>Reads and checks the header of an open file.</summary>
    /// <returns>The tensors, in the order of their bytes.</returns>
    /// <exception cref="ImportException">Not a sound safetensors file.</exception>
    public static IReadOnlyList<TensorInfo> Read(ByteSource source)
    {
        (string file, long length) = (source.FilePath, source.Length);
        byte[] start = source.ReadBeginning(64);
        ModelFile.RefuseLfsPointer(start, file);
        string name = source.FileName;
        if (length < LengthBytes)
        {
            throw new ImportException(ProblemKinds.FileTruncated, file, $"{name} has {length} bytes: a safetensors file begins with the 8-byte length of its header");
        }

        ulong headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (headerBytes == 0) throw Fault($"{name} has an empty header");
        if (headerBytes > MostBytes) throw Fault($"{name} claims a header of {headerBytes} bytes; the format allows {MostBytes}: this is no safetensors file");
        if (headerBytes > (ulong)(length - LengthBytes)) throw Fault($"{name} claims a header of {headerBytes} bytes, but only {length - LengthBytes} bytes follow");
        var json = new byte[headerBytes];
        source.Read(json, LengthBytes);
        long dataStart = LengthBytes + (long)headerBytes;
        List<TensorInfo> tensors = SafeTensorsHeaderParser.Parse(json, file, dataStart);
        CheckCoverage(tensors, file, dataStart, length);
        return tensors;

        ImportException Fault(string message) => new(ProblemKinds.SafeTensorsHeader, file, message);
    }

    /// <summary>The tensors must cover the data from its first byte to the file's last. One that is simply cut off is told apart.</summary>
    private static void CheckCoverage(List<TensorInfo> tensors, string file, long dataStart, long length)
    {
        tensors.Sort((a, b) => a.Offset != b.Offset ? a.Offset.CompareTo(b.Offset) : a.Bytes.CompareTo(b.Bytes));
        long end = dataStart;
        string before = "the header";
        foreach (TensorInfo tensor in tensors)
        {
            if (tensor.Offset != end) throw Bounds(Misplaced(tensors, tensor, end, before, length));
            end = tensor.Offset + tensor.Bytes;
            before = $"'{tensor.Name}'";
        }

        string name = Path.GetFileName(file);
        if (end > length) throw new ImportException(ProblemKinds.FileTruncated, file, $"{name} has {length} bytes, and its tensors need {end}: the file was cut short ({before} is not complete)");
        if (end < length) throw Bounds($"{length - end} bytes behind the last tensor belong to no tensor");

        ImportException Bounds(string message) => new(ProblemKinds.SafeTensorsBounds, file, $"{Path.GetFileName(file)}: {message}");
    }

    private static string Misplaced(List<TensorInfo> tensors, TensorInfo tensor, long end, string before, long length)
    {
        if (tensors.Find(t => t.Offset + t.Bytes > length) is { } outside)
        {
            return $"'{outside.Name}' ends at byte {outside.Offset + outside.Bytes}, and the file has {length}";
        }

        return tensor.Offset < end
            ? $"'{tensor.Name}' begins at byte {tensor.Offset} and shares {end - tensor.Offset} bytes with {before}"
            : $"{tensor.Offset - end} bytes between {before} and '{tensor.Name}' belong to no tensor";
    }
}
