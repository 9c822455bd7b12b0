using System.Buffers.Binary;
using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers.TensorBundle;

/// <summary>
/// The entries of one block, in order (LevelDB, <c>doc/table_format.md</c>): each key says how many bytes it shares with the one before.
/// Behind them stand offsets to start from in a search, which nobody needs who reads everything, and their number.
/// </summary>
internal ref struct BlockEntries
{
    /// <summary>TensorFlow's variables have names of at most some hundred bytes.</summary>
    public const int MostKeyBytes = 4096;

    private readonly ByteSource _source;
    private readonly byte[] _key = new byte[MostKeyBytes];
    private ReadOnlySpan<byte> _rest;
    private int _keyLength;

    /// <exception cref="ImportException">There is no room for the restart points that the block says it has.</exception>
    public BlockEntries(ReadOnlySpan<byte> block, ByteSource source)
    {
        _source = source;
        if (block.Length < sizeof(uint)) throw Malformed("a block has no room for its number of restart points");
        uint restarts = BinaryPrimitives.ReadUInt32LittleEndian(block[^sizeof(uint)..]);
        long end = block.Length - sizeof(uint) - ((long)restarts * sizeof(uint));
        if (restarts == 0 || end < 0) throw Malformed($"a block of {block.Length} bytes cannot have {restarts} restart points");
        _rest = block[..(int)end];
    }

    /// <summary>The current key.</summary>
    public readonly ReadOnlySpan<byte> Key => _key.AsSpan(0, _keyLength);

    /// <summary>The current value.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes to the next entry; false: there is none.</summary>
    /// <exception cref="ImportException">The entry is not sound.</exception>
    public bool MoveNext()
    {
        if (_rest.IsEmpty) return false;
        if (!Varint.TryRead(ref _rest, out ulong shared) || !Varint.TryRead(ref _rest, out ulong own) || !Varint.TryRead(ref _rest, out ulong value))
        {
            throw Malformed("a block ends within an entry");
        }

        if (shared > (ulong)_keyLength) throw Malformed($"a key shares {shared} bytes with one of {_keyLength}");
        if (own > MostKeyBytes - shared) throw Malformed($"a key has {own} bytes behind {shared} shared ones; at most {MostKeyBytes} are read");
        if (own > (ulong)_rest.Length || value > (ulong)_rest.Length - own) throw Malformed("an entry reaches beyond its block");
        _rest[..(int)own].CopyTo(_key.AsSpan((int)shared));
        _keyLength = (int)(shared + own);
        Value = _rest.Slice((int)own, (int)value);
        _rest = _rest[(int)(own + value)..];
        return true;
    }

    private readonly ImportException Malformed(string what) => new(ProblemKinds.TensorBundleMalformed, _source.FilePath, $"{_source.FileName}: {what}");
}
