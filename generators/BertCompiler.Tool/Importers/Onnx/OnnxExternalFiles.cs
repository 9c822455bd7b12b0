using System.Globalization;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>The files beside an ONNX file in which tensors lie (<c>external_data</c>), each opened once.</summary>
internal sealed class OnnxExternalFiles(ByteSource source) : IDisposable
{
    private const int MostFiles = 1000;
    private const int BeginningBytes = 64;

    private readonly Dictionary<string, ByteSource> _files = new(StringComparer.Ordinal);

    /// <summary>Where a tensor lies.</summary>
    /// <param name="tensor">Its name.</param>
    /// <param name="entries">The keys <c>location</c>, <c>offset</c>, <c>length</c>; others say nothing about the place.</param>
    /// <param name="bytes">What its dimensions and type ask for.</param>
    /// <exception cref="ImportException">A path that leaves the folder, a file that is missing, a range outside it, or another length.</exception>
    public (ByteSource File, long Offset) Find(string tensor, IReadOnlyDictionary<string, string> entries, long bytes)
    {
        if (!entries.TryGetValue("location", out string? location))
        {
            throw new ImportException(ProblemKinds.OnnxMalformed, source.FilePath, $"{source.FileName}: '{tensor}' lies in another file and does not say in which");
        }

        ByteSource file = Open(tensor, location);
        long offset = Number("offset") ?? 0;
        long length = Number("length") ?? bytes;
        if (offset > file.Length || length > file.Length - offset)
        {
            throw Outside($"bytes {offset} … {(Int128)offset + length} are asked for, and the file has {file.Length}");
        }

        if (length == bytes) return (file, offset);
        throw new ImportException(ProblemKinds.OnnxBounds, source.FilePath, $"{source.FileName}: '{tensor}' needs {bytes} bytes by its dimensions and type; 'length' in '{location}' says {length}");

        long? Number(string key)
        {
            if (!entries.TryGetValue(key, out string? text)) return null;
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= 0) return value;
            throw Outside($"'{key}' must be a number of bytes, found '{(text.Length > 40 ? text[..40] + "…" : text)}'");
        }

        ImportException Outside(string message) => new(ProblemKinds.ExternalBounds, source.FilePath, $"{source.FileName}: '{tensor}' in '{location}': {message}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ByteSource file in _files.Values) file.Dispose();
    }

    private ByteSource Open(string tensor, string location)
    {
        if (_files.TryGetValue(location, out ByteSource? file)) return file;
        if (_files.Count == MostFiles)
        {
            throw new ImportException(ProblemKinds.OnnxUnsupported, source.FilePath, $"{source.FileName}: tensors lie in more than {MostFiles} files; save them in one (save_as_external_data with all_tensors_to_one_file)");
        }

        file = CheckpointContext.OpenBeside(source, location, $"the tensor '{tensor}'");
        _files.Add(location, file);
        ModelFile.RefuseLfsPointer(file.ReadBeginning(BeginningBytes), file.FilePath);
        return file;
    }
}
