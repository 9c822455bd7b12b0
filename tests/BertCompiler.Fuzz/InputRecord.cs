using System.IO.MemoryMappedFiles;

namespace BertCompiler.Fuzz;

/// <summary>The input that is being executed, in a file that outlives the process: when the process dies, it is the reason.</summary>
internal sealed class InputRecord : IDisposable
{
    private const int MostBytes = 8 << 20;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public InputRecord(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, sizeof(int) + MostBytes);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>Records an input.</summary>
    public void Set(byte[] input)
    {
        int count = Math.Min(input.Length, MostBytes);
        _view.Write(0, count);
        _view.WriteArray(sizeof(int), input, 0, count);
    }

    /// <summary>The input recorded last.</summary>
    public byte[] Get()
    {
        byte[] input = new byte[_view.ReadInt32(0)];
        _view.ReadArray(sizeof(int), input, 0, input.Length);
        return input;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
