namespace BertCompiler.Tool.Tokenizers.Models;

/// <summary>
/// Reads a number as serde_json does, the reader behind Hugging Face tokenizers (de.rs, f64_from_parts): the digits as one whole number,
/// then one multiplication or division by a power of ten. Its last bit may differ from the nearest double; where two segmentations have
/// equal sums of scores, that bit decides.
/// </summary>
internal static class ScoreParser
{
    private const int GreatestPower = 308;

    /// <summary>The number that a JSON number's bytes stand for, or null where it is too great.</summary>
    public static double? Parse(ReadOnlySpan<byte> text)
    {
        bool negative = text[0] == (byte)'-';
        ulong digits = 0;
        long exponent = 0;
        bool full = false;
        bool fraction = false;
        int at = negative ? 1 : 0;
        for (; at < text.Length && text[at] is not ((byte)'e' or (byte)'E'); at++)
        {
            if (text[at] == (byte)'.')
            {
                fraction = true;
                continue;
            }

            uint digit = text[at] - (uint)'0';
            full |= digits > (ulong.MaxValue - digit) / 10;
            if (!full) digits = digits * 10 + digit;
            exponent += fraction ? full ? 0 : -1 : full ? 1 : 0;
        }

        if (at < text.Length) exponent += Exponent(text[(at + 1)..]);
        double value = Scale(digits, exponent);
        return double.IsFinite(value) ? negative ? -value : value : null;
    }

    private static double Scale(double value, long exponent)
    {
        for (; exponent < -GreatestPower && value != 0; exponent += GreatestPower) value /= 1e308;
        if (value == 0) return 0;
        if (exponent > GreatestPower) return double.PositiveInfinity;
        double power = double.Parse($"1e{Math.Abs(exponent)}", System.Globalization.CultureInfo.InvariantCulture);
        return exponent >= 0 ? value * power : value / power;
    }

    private static long Exponent(ReadOnlySpan<byte> text)
    {
        const long most = 1_000_000;
        bool negative = text[0] == (byte)'-';
        long exponent = 0;
        foreach (byte b in text)
        {
            if (b is >= (byte)'0' and <= (byte)'9') exponent = Math.Min(exponent * 10 + b - '0', most);
        }

        return negative ? -exponent : exponent;
    }
}
