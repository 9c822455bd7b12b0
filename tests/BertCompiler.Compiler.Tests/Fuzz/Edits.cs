using System.Text;

namespace BertCompiler.Compiler.Tests.Fuzz;

/// <summary>Edits that spoil a file: flipped bits, JSON punctuation in wrong places, absurd numbers, pieces lost, doubled or moved.</summary>
internal static class Edits
{
    private static readonly byte[] TellingBytes = [.. "\"{}[],:-+.eE0919\\/u \n"u8, 0x00, 0x7f, 0x80, 0xc3, 0xed, 0xff];

    private static readonly byte[][] Insertions =
    [
        .. new[]
        {
            "-1", "0", "1e308", "8.5", "null", "true", "NaN", "{}", "[]", "\"\"", "../", "\\ud800", "\"hidden_size\":", "\"weight_map\":", "[[[[[[[[", "4294967296",
            "9223372036854775807", "9223372036854775808", "18446744073709551616", "99999999999999999999999999999999999999",
        }.Select(Encoding.UTF8.GetBytes),
        [0xef, 0xbb, 0xbf],
    ];

    /// <summary>Applies edits, each one number, to a copy.</summary>
    public static byte[] Apply(byte[] good, IEnumerable<int> edits)
    {
        var bytes = new List<byte>(good);
        foreach (int edit in edits) Apply(bytes, new Random(edit));
        return [.. bytes];
    }

    private static void Apply(List<byte> bytes, Random random)
    {
        int at = random.Next(bytes.Count + 1);
        int length = Math.Min(random.Next(1, 40), bytes.Count - at);
        switch (random.Next(9))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = TellingBytes[random.Next(TellingBytes.Length)];
                break;
            case 2:
                bytes.InsertRange(at, Insertions[random.Next(Insertions.Length)]);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 5:
                List<byte> moved = bytes.GetRange(at, length);
                bytes.RemoveRange(at, length);
                bytes.InsertRange(random.Next(bytes.Count + 1), moved);
                break;
            case 6 or 7:
                ReplaceNumber(bytes, at, Insertions[random.Next(Insertions.Length)]);
                break;
            case 8 when random.Next(4) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
    }

    /// <summary>Replaces the next run of digits: most faults that matter are a number that is not what it should be.</summary>
    private static void ReplaceNumber(List<byte> bytes, int from, byte[] replacement)
    {
        int start = bytes.FindIndex(from, b => b is >= (byte)'0' and <= (byte)'9');
        if (start < 0) return;
        int end = start;
        while (end < bytes.Count && bytes[end] is >= (byte)'0' and <= (byte)'9') end++;
        bytes.RemoveRange(start, end - start);
        bytes.InsertRange(start, replacement);
    }
}
