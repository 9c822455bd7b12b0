using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace BertCompiler.Compiler.Tests.Fuzz.Engine;

/// <summary>
/// Edits that spoil a file: flipped bits, telling bytes and numbers, pieces lost, doubled, moved or taken from another file, words of the
/// format, and what the format's grammar can do.
/// </summary>
internal sealed class Mutator(IFuzzTarget target, Random random)
{
    private const int MostGrowth = 1 << 20;
    private const int Edge = 4096;

    private static readonly byte[] TellingBytes = [.. "\"{}[],:-+.eE0919\\/u \n"u8, 0x00, 0x01, 0x7f, 0x80, 0xc3, 0xed, 0xff];

    private static readonly long[] TellingNumbers =
    [
        0, 1, -1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 100, 127, 128, 255, 256, 1000, 1024, 4096, 32767, 32768, 65535, 65536, 1 << 20, 1 << 24, int.MaxValue, (long)int.MaxValue + 1, uint.MaxValue,
        1L << 32, 1L << 40, 1L << 61, 1L << 62, long.MaxValue, long.MinValue, -2, -4, -128, -32768, int.MinValue,
    ];

    private static readonly byte[][] NumberTexts =
    [
        .. new[]
        {
            "-1", "0", "1", "1e308", "8.5", "1e-400", "null", "true", "4294967296", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "18446744073709551616",
            "99999999999999999999999999999999999999",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private readonly List<byte> _bytes = [];
    private byte[] _other = [];

    /// <summary>A changed copy of an input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="other">Another one, that pieces are taken from.</param>
    public byte[] Mutate(byte[] input, byte[] other)
    {
        byte[] start = input;
        if (target.Grammar is { } grammar && random.Next(2) == 0)
        {
            for (int n = random.Next(1, 4); n > 0; n--) start = grammar.Mutate(start, other, random) ?? start;
            if (random.Next(3) != 0 && !ReferenceEquals(start, input)) return Limit(start, input.Length);
        }

        _bytes.Clear();
        _bytes.AddRange(start);
        _other = other;
        for (int n = 1 << random.Next(4); n > 0; n--) Edit();
        return Limit([.. _bytes], input.Length);
    }

    private static byte[] Limit(byte[] bytes, int before) => bytes.Length <= before + MostGrowth ? bytes : bytes[..(before + MostGrowth)];

    private void Edit()
    {
        int at = Place();
        int length = Math.Min(random.Next(8) == 0 ? random.Next(1, 2000) : random.Next(1, 40), _bytes.Count - at);
        switch (random.Next(16))
        {
            case 0 or 1 when at < _bytes.Count:
                _bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2 when at < _bytes.Count:
                _bytes[at] = TellingBytes[random.Next(TellingBytes.Length)];
                break;
            case 3 when at < _bytes.Count:
                _bytes[at] = (byte)random.Next(256);
                break;
            case 4 or 5:
                WriteNumber(at, TellingNumbers[random.Next(TellingNumbers.Length)], add: false);
                break;
            case 6:
                WriteNumber(at, random.Next(-35, 36), add: true);
                break;
            case 7:
                _bytes.RemoveRange(at, length);
                break;
            case 8:
                _bytes.InsertRange(at, _bytes.GetRange(at, length));
                break;
            case 9:
                Move(at, length);
                break;
            case 10:
                Overwrite(at, _bytes.GetRange(Place(length), length).ToArray());
                break;
            case 11:
                PutWord(at);
                break;
            case 12 or 13:
                ReplaceDigits(at);
                break;
            case 14 when _other.Length > 0:
                Splice(at);
                break;
            case 15 when random.Next(8) == 0:
                _bytes.RemoveRange(at, _bytes.Count - at);
                break;
        }
    }

    /// <summary>Anywhere; in a long file half of the time near its ends, where descriptions are.</summary>
    private int Place(int room = 0)
    {
        int most = _bytes.Count - room;
        if (most <= 2 * Edge) return random.Next(most + 1);
        return random.Next(4) switch
        {
            0 => random.Next(Edge),
            1 => most - random.Next(Edge),
            _ => random.Next(most + 1),
        };
    }

    private void WriteNumber(int at, long value, bool add)
    {
        Span<byte> there = CollectionsMarshal.AsSpan(_bytes)[at..];
        switch (random.Next(5))
        {
            case 0 when there.Length >= 1:
                there[0] = (byte)(add ? there[0] + value : value);
                break;
            case 1 when there.Length >= 2:
                BinaryPrimitives.WriteInt16LittleEndian(there, (short)(add ? BinaryPrimitives.ReadInt16LittleEndian(there) + value : value));
                break;
            case 2 when there.Length >= 4:
                BinaryPrimitives.WriteInt32LittleEndian(there, (int)(add ? BinaryPrimitives.ReadInt32LittleEndian(there) + value : value));
                break;
            case 3 when there.Length >= 8:
                BinaryPrimitives.WriteInt64LittleEndian(there, add ? BinaryPrimitives.ReadInt64LittleEndian(there) + value : value);
                break;
            case 4:
                Overwrite(at, Varint(value));
                break;
        }
    }

    private static byte[] Varint(long value)
    {
        var bytes = new List<byte>();
        ulong rest = (ulong)value;
        for (; rest >= 0x80; rest >>= 7) bytes.Add((byte)(rest | 0x80));
        bytes.Add((byte)rest);
        return [.. bytes];
    }

    private void Move(int at, int length)
    {
        List<byte> moved = _bytes.GetRange(at, length);
        _bytes.RemoveRange(at, length);
        _bytes.InsertRange(random.Next(_bytes.Count + 1), moved);
    }

    private void Overwrite(int at, byte[] piece)
    {
        int count = Math.Min(piece.Length, _bytes.Count - at);
        piece.AsSpan(0, count).CopyTo(CollectionsMarshal.AsSpan(_bytes)[at..]);
    }

    private void PutWord(int at)
    {
        byte[] word = target.Words.Count > 0 && random.Next(4) != 0 ? target.Words[random.Next(target.Words.Count)] : NumberTexts[random.Next(NumberTexts.Length)];
        if (random.Next(2) == 0) Overwrite(at, word);
        else _bytes.InsertRange(at, word);
    }

    /// <summary>Replaces the next run of digits: many faults that matter are a number that is not what it should be.</summary>
    private void ReplaceDigits(int from)
    {
        ReadOnlySpan<byte> bytes = CollectionsMarshal.AsSpan(_bytes);
        int start = bytes[from..].IndexOfAnyInRange((byte)'0', (byte)'9');
        if (start < 0) return;
        start += from;
        int run = bytes[start..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        byte[] text = random.Next(3) == 0 ? Encoding.ASCII.GetBytes(random.Next(300).ToString(CultureInfo.InvariantCulture)) : NumberTexts[random.Next(NumberTexts.Length)];
        _bytes.RemoveRange(start, run < 0 ? _bytes.Count - start : run);
        _bytes.InsertRange(start, text);
    }

    private void Splice(int at)
    {
        int start = random.Next(_other.Length);
        int length = random.Next(1, Math.Min(random.Next(4) == 0 ? 4000 : 64, _other.Length - start) + 1);
        byte[] piece = _other[start..(start + length)];
        if (random.Next(2) == 0) Overwrite(at, piece);
        else _bytes.InsertRange(at, piece);
    }
}
