using System.Globalization;
using System.Numerics;
using System.Text;

namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>The opcodes that stand for one number or text (Python, <c>Lib/pickletools.py</c>).</summary>
internal static class PickleScalars
{
    /// <summary>No number of a checkpoint has more: the magic number has 10.</summary>
    private const int LongestNumber = 1024;

    /// <summary>Reads what follows such an opcode; false: it is another opcode.</summary>
    /// <exception cref="ImportException">Malformed.</exception>
    public static bool TryRead(byte opcode, PickleInput input, out object? value)
    {
        value = opcode switch
        {
            (byte)'N' => null,
            0x88 => true,
            0x89 => false,
            (byte)'K' => (long)input.ReadByte(),
            (byte)'M' => (long)input.ReadUInt16(),
            (byte)'J' => (long)input.ReadInt32(),
            0x8a => ReadLong(input, input.ReadByte()),
            0x8b => ReadLong(input, input.ReadInt32()),
            (byte)'I' => ParseInteger(input.ReadLine(), input),
            (byte)'L' => ParseInteger(input.ReadLine().TrimEnd('L'), input),
            (byte)'G' => input.ReadDouble(),
            (byte)'F' => double.TryParse(input.ReadLine(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw input.Malformed("a number is not one"),
            (byte)'X' => input.ReadText(input.ReadUInt32()),
            0x8c => input.ReadText(input.ReadByte()),
            0x8d => input.ReadText(input.ReadUInt64()),
            (byte)'V' => Unescape(input.ReadLine(), input),
            (byte)'S' => Unescape(Unquote(input.ReadLine(), input), input),
            (byte)'U' => ReadOldText(input, input.ReadByte()),
            (byte)'T' => ReadOldText(input, input.ReadUInt32()),
            (byte)'B' => input.ReadBytes(input.ReadUInt32()),
            (byte)'C' => input.ReadBytes(input.ReadByte()),
            0x8e or 0x96 => input.ReadBytes(input.ReadUInt64()),
            _ => input,
        };
        return !ReferenceEquals(value, input);
    }

    private static object ReadLong(PickleInput input, int bytes)
    {
        if (bytes < 0) throw input.Malformed($"a number has {bytes} bytes");
        input.Require((ulong)bytes);
        if (bytes > LongestNumber) throw input.Malformed($"a number has {bytes} bytes; at most {LongestNumber} are read");
        var value = new BigInteger(input.ReadBytes((ulong)bytes));
        return Narrow(value);
    }

    private static object ParseInteger(string text, PickleInput input)
    {
        if (text == "00") return false;
        if (text == "01") return true;
        if (text.Length > LongestNumber || !BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger value)) throw input.Malformed("a number is not one");
        return Narrow(value);
    }

    private static object Narrow(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;

    private static string ReadOldText(PickleInput input, ulong bytes)
    {
        input.Require(bytes);
        input.Spend((2 * (long)bytes) + 32);
        return Text.OfBytes(input.ReadBytes(bytes));
    }

    private static string Unquote(string text, PickleInput input)
    {
        string trimmed = text.Trim();
        bool quoted = trimmed.Length >= 2 && trimmed[0] is '\'' or '"' && trimmed[^1] == trimmed[0];
        return quoted ? trimmed[1..^1] : throw input.Malformed("a text is not in quotation marks");
    }

    /// <summary>Python's escapes: <c>\n</c>, <c>\x41</c>, <c>\u0041</c>, <c>\U00000041</c>.</summary>
    private static string Unescape(string text, PickleInput input)
    {
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            char kind = text[++i];
            int digits = kind switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            if (digits == 0)
            {
                result.Append(kind switch { 'n' => "\n", 'r' => "\r", 't' => "\t", '\\' or '\'' or '"' => kind.ToString(), _ => "\\" + kind });
                continue;
            }

            bool isHex = uint.TryParse(text.AsSpan(i + 1, Math.Min(digits, text.Length - i - 1)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code);
            if (!isHex || i + digits >= text.Length || !Rune.IsValid(code)) throw input.Malformed("a text has an escape that is none");
            result.Append(new Rune(code).ToString());
            i += digits;
        }

        return result.ToString();
    }
}
