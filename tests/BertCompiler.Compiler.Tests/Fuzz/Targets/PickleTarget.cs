using System.Buffers.Binary;
using BertCompiler.Compiler.Tests.Fuzz.Engine;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.Pickle;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>The pickle in a PyTorch archive: the input is data.pkl, the archive round it is sound.</summary>
internal sealed class PickleTarget : IFuzzTarget
{
    private const int HeaderBytes = 46;
    private const int EndBytes = 22;

    private readonly PyTorchFormat _format = new();
    private readonly byte[] _empty = SmallPyTorchFiles.WithoutPickle();
    private readonly int _directory;
    private readonly int _listed;
    private byte[] _file = [];

    public PickleTarget()
    {
        _directory = _empty.AsSpan().IndexOf("PK\u0001\u0002"u8);
        _listed = _empty.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
    }

    public string Name => "pickle";

    public IReadOnlyList<byte[]> Seeds { get; } = [.. SmallPyTorchFiles.Pickles()];

    public IReadOnlyList<byte[]> Words => PickleWords.All;

    public int BoundedRuns => 6000;

    public void Run(byte[] input)
    {
        try
        {
            using ICheckpoint checkpoint = _format.Open(ByteSource.Of(Wrap(input), "pytorch_model.bin"), new CheckpointContext(new ProblemList()));
            CheckpointUse.ReadEnds(checkpoint);
        }
        catch (ImportException)
        {
            // Refused, as it may be.
        }
    }

    public void Dispose()
    {
        // Nothing is held.
    }

    /// <summary>The archive with the input as its last entry; the memory is used again.</summary>
    private MemoryStream Wrap(byte[] input)
    {
        int length = _empty.Length + input.Length;
        if (_file.Length < length) _file = [.. _empty.AsSpan(0, _directory), .. new byte[length + input.Length - _directory]];
        Span<byte> rest = _file.AsSpan(_directory);
        input.CopyTo(rest);
        rest = rest[input.Length..];
        _empty.AsSpan(_directory).CopyTo(rest);
        Span<byte> listed = rest.Slice(_listed - _directory, HeaderBytes);
        BinaryPrimitives.WriteInt32LittleEndian(listed[20..], input.Length);
        BinaryPrimitives.WriteInt32LittleEndian(listed[24..], input.Length);
        Span<byte> end = rest.Slice(_empty.Length - EndBytes - _directory, EndBytes);
        BinaryPrimitives.WriteInt32LittleEndian(end[16..], _directory + input.Length);
        return new MemoryStream(_file, 0, length, writable: false);
    }
}
