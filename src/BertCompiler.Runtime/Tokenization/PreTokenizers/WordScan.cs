using System.Numerics;

namespace BertCompiler.Tokenization;

/// <summary>
/// Splits at white space, which goes, and puts each punctuation character apart, 64 bytes at a time: bits say where pieces begin and end.
/// </summary>
internal ref struct WordScan(ReadOnlySpan<byte> text, SplitList output, bool splitsPunctuation)
{
    /// <summary>
    /// One bit for each first byte of a longer code point, C0 to FF: set where there is white space or punctuation among the code points
    /// that begin with it.
    /// </summary>
    internal const ulong Leads = 0xFFFF_C40F_FFE0_E007;

    private const int LeadMask = 0x3F;
    private const CodePointFlags Delimiters = CodePointFlags.WhiteSpace | CodePointFlags.Punctuation;

    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>What is left over from the bytes before, for the next 64: a delimiter's bytes, and where it ends.</summary>
    private ulong _gap;
    private ulong _end;

    /// <summary>1 where the byte before belongs to a word.</summary>
    private ulong _inWord;

    /// <summary>Adds the pieces of the text from <paramref name="from"/> on.</summary>
    public void Run(int from)
    {
        int at = from;
        for (; _text.Length - at >= AsciiMasks.Count; at += AsciiMasks.Count) Add(new(_text[at..]), at);
        if (at < _text.Length)
        {
            Span<byte> rest = stackalloc byte[AsciiMasks.Count];
            rest.Fill((byte)' ');
            _text[at..].CopyTo(rest);
            Add(new(rest), at);
        }

        if ((_inWord | _end) != 0) output.EndLast(_text.Length);
    }

    private void Add(AsciiMasks masks, int at)
    {
        bool isOpen = (_inWord | _end) != 0;
        ulong marks = splitsPunctuation ? masks.Punctuation : 0;
        ulong starts = marks;
        ulong ends = marks << 1 | _end;
        ulong gap = masks.WhiteSpace | marks | _gap;
        _end = marks >> (AsciiMasks.Count - 1);
        _gap = 0;
        if (masks.Leads != 0) AddLonger(masks.Leads, at, ref gap, ref starts, ref ends);
        ulong word = ~gap;
        ulong before = word << 1 | _inWord;
        output.AddMasks(starts | (word & ~before), ends | (gap & before), at, isOpen);
        _inWord = word >> (AsciiMasks.Count - 1);
    }

    /// <summary>The delimiters that are not ASCII.</summary>
    private void AddLonger(ulong leads, int at, ref ulong gap, ref ulong starts, ref ulong ends)
    {
        for (; leads != 0; leads &= leads - 1)
        {
            int bit = BitOperations.TrailingZeroCount(leads);
            if ((Leads >> (_text[at + bit] & LeadMask) & 1) == 0) continue;
            CodePointFlags flags = UnicodeTables.FlagsOf(Utf8Text.CodePointAt(_text, at + bit, out int length)) & Delimiters;
            if (flags == 0 || (flags == CodePointFlags.Punctuation && !splitsPunctuation)) continue;
            ulong own = (1UL << length) - 1;
            gap |= own << bit;
            int behind = bit + length;
            int over = behind - AsciiMasks.Count;
            if (over > 0) _gap = own >> (length - over);
            if ((flags & CodePointFlags.Punctuation) == 0) continue;
            starts |= 1UL << bit;
            if (over >= 0) _end |= 1UL << over;
            else ends |= 1UL << behind;
        }
    }
}
