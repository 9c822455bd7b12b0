using System.Buffers;

namespace BertCompiler.Tokenization;

/// <summary>
/// The bytes at which a step looks at a text: those with which a code point begins that it may change. All others are passed over, many at
/// once.
/// </summary>
internal sealed class StopBytes
{
    private const int FirstLead = 0xC0;
    private const int LeadCount = 64;
    private const int FirstOfThree = 0xE0;
    private const int Payload = 0x3F;

    private readonly ulong _leads;
    private readonly ulong[] _twoBytes = new ulong[FirstOfThree - FirstLead];
    private readonly SearchValues<byte> _all;

    /// <summary>Takes the first bytes of longer code points, and those of ASCII.</summary>
    /// <param name="leads">Bit i: the byte 0xC0 + i.</param>
    /// <param name="ascii">Bytes of ASCII.</param>
    /// <param name="twoBytes">
    /// Which code points below U+0800 may change: bit i of item j is U+0040 · j + i. Empty: all with such a first byte.
    /// </param>
    public StopBytes(ulong leads, ReadOnlySpan<byte> ascii = default, ReadOnlySpan<ulong> twoBytes = default)
    {
        _leads = leads;
        if (twoBytes.IsEmpty) Array.Fill(_twoBytes, ulong.MaxValue);
        else twoBytes.CopyTo(_twoBytes);
        Span<byte> all = stackalloc byte[FirstLead + LeadCount];
        ascii.CopyTo(all);
        int count = ascii.Length;
        for (int i = 0; i < LeadCount; i++)
        {
            if ((leads >> i & 1) != 0) all[count++] = (byte)(FirstLead + i);
        }

        _all = SearchValues.Create(all[..count]);
    }

    /// <summary>The first place from <paramref name="from"/> on where to look; the length where there is none.</summary>
    public int Next(ReadOnlySpan<byte> text, int from)
    {
        while (from < text.Length)
        {
            byte first = text[from];
            if (first < FirstLead || (_leads >> (first - FirstLead) & 1) == 0)
            {
                int next = text[from..].IndexOfAny(_all);
                if (next < 0) break;
                from += next;
                first = text[from];
            }

            int row = first - FirstLead;
            if ((uint)row >= (uint)_twoBytes.Length || from + 1 == text.Length || (_twoBytes[row] >> (text[from + 1] & Payload) & 1) != 0) return from;
            from += 2;
        }

        return text.Length;
    }
}
