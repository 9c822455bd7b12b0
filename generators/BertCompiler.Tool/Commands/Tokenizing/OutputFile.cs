using BertCompiler.Tool.Packing;

namespace BertCompiler.Tool.Commands.Tokenizing;

/// <summary>A file that appears whole or not at all; or the standard output.</summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string? _path;
    private readonly string? _temporary;

    /// <param name="path">The file; null: the standard output.</param>
    public OutputFile(string? path)
    {
        _path = path;
        _temporary = path is null ? null : TemporaryName.For(path);
        Stream = _temporary is null ? StandardOutput.Open() : new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write);
    }

    public Stream Stream { get; }

    /// <summary>Says that all is written: only now the file appears.</summary>
    public void Commit()
    {
        Stream.Dispose();
        if (_temporary is not null) File.Move(_temporary, _path!, overwrite: true);
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (_temporary is not null) File.Delete(_temporary);
    }
}
