using Microsoft.Win32.SafeHandles;

namespace BertCompiler.Tool.Importers;

/// <summary>A file on disk.</summary>
internal sealed class FileSource(SafeFileHandle handle, string path) : ByteSource(path, RandomAccess.GetLength(handle))
{
    public override void Dispose() => handle.Dispose();

    protected override void ReadInside(Span<byte> destination, long offset) => ModelFile.Read(handle, destination, offset, FilePath);
}
