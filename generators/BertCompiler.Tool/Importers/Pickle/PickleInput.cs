using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>The bytes of one pickle, read forwards. Every length is held against what is left before anything is allocated.</summary>
/// <param name="source">The file.</param>
/// <param name="start">Where the pickle begins in it.</param>
/// <param name="length">How many bytes there are at most.</param>
/// <param name="what">What the pickle is called in messages, <c>archive/data.pkl</c>.</param>
/// <param name="truncated">The kind of fault if it ends early.</param>
/// <param name="context">Budget and cancellation.</param>
internal sealed class PickleInput(ByteSource source, long start, long length, string what, ProblemKind truncated, CheckpointContext context)
{
    private const int BufferBytes = 1 << 14;
    private const int LongestLine = 4096;

    private readonly byte[] _buffer = new byte[Math.Min(BufferBytes, length)];
    private int _held;
    private int _at;
    private long _read;

    /// <summary>Bytes read so far.</summary>
    public long Position => _read - _held + _at;

    /// <summary>Bytes that are left.</summary>
    public long Left => length - Position;

    /// <summary>The file and the pickle, for messages.</summary>
    public string Where => $"{source.FileName}: {what}";

    /// <summary>Ends the reading early.</summary>
    public CancellationToken Cancellation => context.Cancellation;

    /// <summary>Takes memory off the budget before it is allocated.</summary>
    /// <exception cref="ImportException">The pickle needs more than a file's description may use.</exception>
    public void Spend(long bytes) => context.Budget.Spend(bytes, ProblemKinds.PickleMalformed, source, what);

    public byte ReadByte()
    {
        if (_at == _held) Fill();
        return _buffer[_at++];
    }

    public ushort ReadUInt16() => (ushort)(ReadByte() | (ReadByte() << 8));

    public int ReadInt32() => ReadUInt16() | (ReadUInt16() << 16);

    public uint ReadUInt32() => (uint)ReadInt32();

    public ulong ReadUInt64() => ReadUInt32() | ((ulong)ReadUInt32() << 32);

    /// <summary>A double, big-endian.</summary>
    public double ReadDouble() => BitConverter.UInt64BitsToDouble(BinaryPrimitives.ReverseEndianness(ReadUInt64()));

    /// <summary>So many bytes.</summary>
    public byte[] ReadBytes(ulong count)
    {
        Require(count);
        Spend((long)count + 32);
        var bytes = new byte[count];
        for (int done = 0; done < bytes.Length;)
        {
            if (_at == _held) Fill();
            int n = Math.Min(bytes.Length - done, _held - _at);
            _buffer.AsSpan(_at, n).CopyTo(bytes.AsSpan(done));
            (_at, done) = (_at + n, done + n);
        }

        return bytes;
    }

    /// <summary>A text of so many bytes of UTF-8.</summary>
    public string ReadText(ulong count)
    {
        Require(count);
        Spend((2 * (long)count) + 32);
        byte[] bytes = ReadBytes(count);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw Malformed("a text is not valid UTF-8");
    }

    /// <summary>The bytes up to the next line feed, one character each.</summary>
    public string ReadLine()
    {
        var line = new StringBuilder();
        for (byte b = ReadByte(); b != (byte)'\n'; b = ReadByte())
        {
            if (line.Length == LongestLine) throw Malformed($"a line has more than {LongestLine} bytes");
            line.Append((char)b);
        }

        Spend((2L * line.Length) + 32);
        return line.ToString();
    }

    /// <summary>Refuses a length beyond what is left.</summary>
    public void Require(ulong count)
    {
        if (count <= (ulong)Left) return;
        throw new ImportException(truncated, source.FilePath, $"{Where}, byte {Position}: {count} bytes are announced, {Left} are left");
    }

    /// <summary>The fault of a pickle that is not well-formed, at the byte that is read next.</summary>
    public ImportException Malformed(string message) => Fault(ProblemKinds.PickleMalformed, message);

    /// <summary>A fault at the byte that is read next.</summary>
    public ImportException Fault(ProblemKind kind, string message) => new(kind, source.FilePath, $"{Where}, byte {Position}: {message}");

    private void Fill()
    {
        int n = (int)Math.Min(_buffer.Length, length - _read);
        if (n == 0) throw new ImportException(truncated, source.FilePath, $"{Where} ends after {length} bytes, before it is complete");
        source.Read(_buffer.AsSpan(0, n), start + _read);
        (_read, _held, _at) = (_read + n, n, 0);
    }
}
