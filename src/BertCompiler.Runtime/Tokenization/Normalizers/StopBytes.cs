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

    private readonly ulong _leads;
    private readonly SearchValues<byte> _all;

    /// <summary>Takes the first bytes of longer code points, and those of ASCII.</summary>
    /// <param name="leads">Bit i: the byte 0xC0 + i.</param>
    /// <param name="ascii">Bytes of ASCII.</param>
    public StopBytes(ulong leads, ReadOnlySpan<byte> ascii = default)
    {
        _leads = leads;
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
        if (from < text.Length && IsLead(text[from])) return from;
        int next = text[from..].IndexOfAny(_all);
        return next < 0 ? text.Length : from + next;
    }

    /// <summary>Whether a byte begins a longer code point that the step may change.</summary>
    public bool IsLead(byte value) => value >= FirstLead && (_leads >> (value - FirstLead) & 1) != 0;
}
