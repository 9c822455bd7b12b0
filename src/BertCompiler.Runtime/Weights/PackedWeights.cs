using System.IO.MemoryMappedFiles;
using System.Reflection;
using System.Runtime.InteropServices;
using BertCompiler.Kernels;

namespace BertCompiler.Weights;

/// <summary>
/// A model's packed weights, mapped read-only. Opening is one <c>mmap</c> and one look at the header; pages come into memory when they are
/// first read.
/// </summary>
/// <remarks>Disposing of it while calls run is safe: they end well, and the last one unmaps it. So does the garbage collector where nobody disposes of it.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class PackedWeights : IDisposable
{
    private readonly byte* _start;
    private readonly long _bytes;
    private readonly PackedHeader _header;

    private PackedWeights(byte* start, long bytes, string source, string contentHash, LoadOptions? options, PackedMemory memory)
    {
        _start = start;
        _bytes = bytes;
        Memory = memory;
        try
        {
            _header = PackedHeader.Read(new ReadOnlySpan<byte>(start, (int)Math.Min(bytes, PackedHeader.Bytes)), bytes, source);
            if (contentHash != _header.ContentHash)
            {
                throw new InvalidDataException($"{source}: these are other weights than the program was compiled for (SHA-256 expected {contentHash}, found {_header.ContentHash}): build the model again");
            }

            options?.ContentVerifier?.Invoke((nint)start, bytes, contentHash, source);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    /// <summary>Counts the calls that read the weights.</summary>
    internal PackedMemory Memory { get; }

    /// <summary>Address of the tokenizer section, for a call that has entered <see cref="Memory"/>.</summary>
    internal nint Tokenizer => (nint)(_start + _header.TokenizerOffset);

    /// <summary>Bytes of the tokenizer section; 0: the model has none.</summary>
    internal long TokenizerBytes => _header.TokenizerBytes;

    /// <summary>Maps a file.</summary>
    /// <param name="fileName">Its name beside the program, used where <paramref name="options"/> names no other place.</param>
    /// <param name="contentHash">SHA-256 that the header must hold, in lower-case hexadecimal digits.</param>
    /// <param name="options">May name the file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">No packed file, cut short, or of another build.</exception>
    public static PackedWeights OpenFile(string fileName, string contentHash, LoadOptions? options)
    {
        string path = options?.WeightsPath ?? Path.Combine(AppContext.BaseDirectory, fileName);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"the weights are not there: {path} (the build puts them beside the program; {nameof(LoadOptions)}.{nameof(LoadOptions.WeightsPath)} names another place)", path);
        }

        long bytes = new FileInfo(path).Length;
        if (bytes < PackedHeader.Bytes) throw new InvalidDataException($"{path}: not a file of packed weights ({bytes} bytes; the header alone has {PackedHeader.Bytes})");
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        MemoryMappedViewAccessor view = file.CreateViewAccessor(0, bytes, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        return new PackedWeights(start + view.PointerOffset, bytes, path, contentHash, options, new PackedMemory(view));
    }

    /// <summary>Takes the weights out of an assembly's resources; where they are not there, from the file beside the program.</summary>
    /// <remarks>A resource may lie at any address; kernels read registers that must not straddle pages needlessly, so it is copied to a 4096-byte border if it does not lie on a 64-byte one.</remarks>
    /// <param name="assembly">The assembly that holds the resource.</param>
    /// <param name="fileName">Name of the resource, and of the file.</param>
    /// <param name="contentHash">SHA-256 that the header must hold.</param>
    /// <param name="options">May name a file that is taken instead.</param>
    /// <exception cref="FileNotFoundException">Neither resource nor file is there.</exception>
    /// <exception cref="InvalidDataException">No packed weights, cut short, or of another build.</exception>
    public static PackedWeights OpenEmbedded(Assembly assembly, string fileName, string contentHash, LoadOptions? options)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        if (options?.WeightsPath is not null || assembly.GetManifestResourceStream(fileName) is not UnmanagedMemoryStream stream)
        {
            return OpenFile(fileName, contentHash, options);
        }

        using (stream)
        {
            byte* start = stream.PositionPointer;
            long bytes = stream.Length;
            string source = $"resource {fileName}";
            void* copy = null;
            if ((nuint)start % 64 != 0)
            {
                copy = NativeMemory.AlignedAlloc((nuint)bytes, PackedHeader.Bytes);
                Buffer.MemoryCopy(start, copy, bytes, bytes);
                start = (byte*)copy;
            }

            return new PackedWeights(start, bytes, source, contentHash, options, new PackedMemory(assembly, copy));
        }
    }

    /// <summary>Takes weights that the linker put into the executable.</summary>
    /// <param name="address">Where they begin.</param>
    /// <param name="bytes">How many there are.</param>
    /// <param name="contentHash">SHA-256 that the header must hold.</param>
    /// <param name="options">May ask for the full check.</param>
    /// <exception cref="InvalidDataException">Weights of another build, or damaged ones.</exception>
    public static PackedWeights OpenLinked(nint address, long bytes, string contentHash, LoadOptions? options = null) =>
        new((byte*)address, bytes, "the weights linked into the program", contentHash, options, new PackedMemory());

    /// <summary>A matrix [<paramref name="inputs"/>, <paramref name="outputs"/>] at byte <paramref name="at"/>, for a call that has entered <see cref="Memory"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It would reach outside the file.</exception>
    internal PackedMatrix Matrix(long at, int inputs, int outputs) => new(At(at, (long)inputs * Rows.StrideFor(outputs)), inputs, outputs);

    /// <summary>A vector of <paramref name="length"/> floats at byte <paramref name="at"/>, for a call that has entered <see cref="Memory"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It would reach outside the file.</exception>
    internal PackedVector Vector(long at, int length) => new(At(at, Rows.StrideFor(length)), length);

    /// <summary>A table of <paramref name="rows"/> × <paramref name="columns"/> floats at byte <paramref name="at"/>, for a call that has entered <see cref="Memory"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It would reach outside the file.</exception>
    internal PackedTable Table(long at, int rows, int columns) => new(At(at, (long)rows * Rows.StrideFor(columns)), rows, columns);

    /// <summary>
    /// Says that a range is going to be read soon and whole, so that its pages are mapped in one go. What a run reads only in parts, the word
    /// table, is left alone.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It would reach outside the file.</exception>
    /// <exception cref="ObjectDisposedException">The weights were disposed of.</exception>
    public void Prefetch(long at, long bytes)
    {
        using MemoryUse use = MemoryUse.Of(Memory, this);
        PageAdvice.Populate((nint)At(at, bytes / sizeof(float)), bytes);
    }

    /// <summary>Unmaps the weights once the last running call has ended; new calls are refused from now on.</summary>
    public void Dispose() => Memory.Dispose();

    private float* At(long at, long floats)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(at);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(at, _bytes - (floats * sizeof(float)));
        return (float*)(_start + at);
    }
}
