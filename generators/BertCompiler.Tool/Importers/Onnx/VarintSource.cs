using System.Buffers.Binary;
using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>
/// Integers that a file holds as varints (<c>int32_data</c>, <c>int64_data</c>, <c>uint64_data</c>), as the bytes that <c>raw_data</c> would
/// hold: each little-endian in a few bytes. They are decoded when they are read; only the place of every 1024th is kept.
/// </summary>
internal sealed class VarintSource : ByteSource
{
    private const int Spacing = 1024;
    private const int ReadAhead = 4096;
    private const int MarkBytes = 32;

    private readonly ByteSource _source;
    private readonly int _size;
    private readonly List<Mark> _marks;

    private VarintSource(ByteSource source, int size, List<Mark> marks, long count)
        : base(source.FilePath, count * size) => (_source, _size, _marks) = (source, size, marks);

    /// <summary>Counts the integers of a tensor's fields.</summary>
    /// <param name="reader">Reads <paramref name="source"/>.</param>
    /// <param name="source">The file; not owned.</param>
    /// <param name="fields">The fields in the order of the file, packed or single ones.</param>
    /// <param name="size">Bytes of one integer, 1, 2, 4 or 8: the lowest count.</param>
    /// <param name="budget">Pays for the places.</param>
    public static VarintSource Of(WireReader reader, ByteSource source, IReadOnlyList<WireField> fields, int size, ImportBudget budget)
    {
        var marks = new List<Mark>();
        long count = 0;
        foreach (WireField field in fields)
        {
            long first = count;
            for (long at = field.Offset; at < field.End; count++)
            {
                if ((count - first) % Spacing == 0)
                {
                    budget.Spend(MarkBytes, ProblemKinds.OnnxBounds, source, "a list of numbers");
                    marks.Add(new Mark(count, at, field.End));
                }

                (_, at) = reader.Varint(at, field.End);
            }
        }

        return new VarintSource(source, size, marks, count);
    }

    public override void Dispose()
    {
        // The file belongs to the graph.
    }

    protected override void ReadInside(Span<byte> destination, long offset)
    {
        if (destination.IsEmpty) return;
        long element = offset / _size;
        int skip = (int)(offset % _size);
        int index = Find(element);
        var buffer = new byte[ReadAhead];
        Span<byte> whole = stackalloc byte[sizeof(ulong)];
        for (; !destination.IsEmpty; index++)
        {
            Mark mark = _marks[index];
            long end = index + 1 < _marks.Count ? _marks[index + 1].Element : Length / _size;
            (long at, long from, int held) = (mark.Offset, mark.Offset, 0);
            for (long n = mark.Element; n < end && !destination.IsEmpty; n++)
            {
                ulong value = 0;
                for (int shift = 0; ; shift += 7)
                {
                    if (at >= from + held)
                    {
                        (from, held) = (at, (int)Math.Min(buffer.Length, mark.End - at));
                        _source.Read(buffer.AsSpan(0, held), from);
                    }

                    byte b = buffer[at++ - from];
                    value |= (ulong)(b & 0x7F) << shift;
                    if (b < 0x80) break;
                }

                if (n < element) continue;
                BinaryPrimitives.WriteUInt64LittleEndian(whole, value);
                Span<byte> bytes = whole[skip.._size];
                if (bytes.Length > destination.Length) bytes = bytes[..destination.Length];
                bytes.CopyTo(destination);
                destination = destination[bytes.Length..];
                skip = 0;
            }
        }
    }

    /// <summary>The last mark that is not behind the element.</summary>
    private int Find(long element)
    {
        (int low, int high) = (0, _marks.Count - 1);
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_marks[middle].Element <= element) low = middle;
            else high = middle - 1;
        }

        return low;
    }

    /// <param name="Element">The number of an integer.</param>
    /// <param name="Offset">Where it lies.</param>
    /// <param name="End">Where its field ends.</param>
    private readonly record struct Mark(long Element, long Offset, long End);
}
