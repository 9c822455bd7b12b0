using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace BertCompiler.Tool.Importers.Freshness;

/// <summary>
/// The files that an import opens, each in the state in which it was opened. Every file of a model folder is opened by
/// <see cref="ModelFile.Open"/>, which notes it here: what an import depends on is what it read, not a list that somebody keeps.
/// </summary>
internal sealed class OpenedFiles : IDisposable
{
    private static readonly AsyncLocal<OpenedFiles?> _current = new();
    private readonly ConcurrentDictionary<string, FileStamp> _files = new(StringComparer.Ordinal);

    private OpenedFiles()
    {
    }

    /// <summary>The files so far, in order of their paths.</summary>
    public IReadOnlyList<StampedFile> Files => [.. _files.Select(f => new StampedFile(f.Key, f.Value)).OrderBy(f => f.Path, StringComparer.Ordinal)];

    /// <summary>Begins to note what this thread opens, and the threads and tasks that it starts, until the result is disposed.</summary>
    public static OpenedFiles Record() => _current.Value = new();

    /// <summary>Says that a file was opened.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static void Note(string path, SafeFileHandle handle)
    {
        // The first state counts: if it changed while it was read, it is to be read again.
        if (_current.Value is { } files) files._files.GetOrAdd(Path.GetFullPath(path), static (_, open) => FileStamp.Of(open), handle);
    }

    /// <inheritdoc/>
    public void Dispose() => _current.Value = null;
}
