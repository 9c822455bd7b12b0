using System.Numerics;

namespace BertCompiler.Tokenization;

/// <summary>
/// GPT-2's pattern, by hand: <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c> (openai/gpt-2,
/// src/encoder.py). It matches everything, so a piece ends where the next one begins; 64 bytes at a time, bits say where.
/// </summary>
/// <remarks>
/// A piece begins where letters, digits, signs or white space do, but not behind a space, which goes with what follows; at the last white
/// space before something else; and behind the ending of a contraction.
/// </remarks>
internal ref struct Gpt2Pattern
{
    private const CodePointSets Kinds = CodePointSets.Letter | CodePointSets.Number | CodePointSets.WhiteSpace;
    private const int Last = Gpt2Masks.Count - 1;

    private readonly ReadOnlySpan<byte> _text;
    private readonly SplitList _output;

    /// <summary>Masks of the bytes before; of them, only the last bit counts.</summary>
    private Gpt2Masks _before;

    /// <summary>Bytes of a longer code point that reach over the end, by kind.</summary>
    private Gpt2Masks _over;

    // What contractions do to the next bytes.
    private ulong _cleared;
    private ulong _set;

    private Gpt2Pattern(ReadOnlySpan<byte> text, SplitList output)
    {
        _text = text;
        _output = output;
    }

    /// <summary>Adds the pieces of text[from … to−1].</summary>
    public static void Split(ReadOnlySpan<byte> text, int from, int to, SplitList output)
    {
        if (from < to) new Gpt2Pattern(text[..to], output).Run(from);
    }

    private void Run(int from)
    {
        int at = from;
        for (; _text.Length - at >= Gpt2Masks.Count; at += Gpt2Masks.Count) Add(_text[at..], at, from, ulong.MaxValue);
        int left = _text.Length - at;
        if (left > 0)
        {
            // White space at the end of the text is not taken apart, so more of it changes nothing.
            Span<byte> rest = stackalloc byte[Gpt2Masks.Count];
            rest.Fill((byte)' ');
            _text[at..].CopyTo(rest);
            Add(rest, at, from, (1UL << left) - 1);
        }

        _output.EndLast(_text.Length);
    }

    private void Add(scoped ReadOnlySpan<byte> bytes, int at, int from, ulong inside)
    {
        var masks = new Gpt2Masks(bytes);
        ulong apart = 0;
        if ((masks.NonAscii | _over.NonAscii) != 0) apart = AddLonger(ref masks, bytes, at);
        ulong previousSpace = masks.WhiteSpace << 1 | _before.WhiteSpace >> Last;
        ulong changes = (masks.Letters ^ (masks.Letters << 1 | _before.Letters >> Last))
            | (masks.Numbers ^ (masks.Numbers << 1 | _before.Numbers >> Last))
            | (masks.WhiteSpace ^ previousSpace);
        ulong following = masks.WhiteSpace >> 1 | (IsWhiteSpaceAt(at + Gpt2Masks.Count) ? 1UL << Last : 0);
        ulong lastSpaces = (masks.WhiteSpace & ~following & ~masks.NonAscii) | apart;
        ulong starts = (changes & ~masks.WhiteSpace & ~(masks.Spaces << 1 | _before.Spaces >> Last))
            | (masks.WhiteSpace & ~previousSpace)
            | lastSpaces;
        if (at == from) starts |= 1;
        starts = (starts & ~_cleared) | _set;
        (_cleared, _set) = (0, 0);
        if ((masks.Apostrophes & starts) != 0) Contract(masks.Apostrophes, ref starts, at);
        starts &= inside;
        _output.AddMasks(starts, at == from ? starts & ~1UL : starts, at, isOpen: at != from);
        _before = masks;
    }

    /// <summary>Behind the end of the text counts as white space.</summary>
    private readonly bool IsWhiteSpaceAt(int at) => at >= _text.Length || KindAt(at, out _) == CodePointSets.WhiteSpace;

    private readonly CodePointSets KindAt(int at, out int length) => UnicodeTables.SetsOf(Utf8Text.CodePointAt(_text, at, out length)) & Kinds;

    /// <summary>Adds the code points that are not ASCII; returns those that are the last white space before something else.</summary>
    private ulong AddLonger(ref Gpt2Masks masks, scoped ReadOnlySpan<byte> bytes, int at)
    {
        masks.Letters |= _over.Letters;
        masks.Numbers |= _over.Numbers;
        masks.WhiteSpace |= _over.WhiteSpace;
        int covered = Gpt2Masks.Count - BitOperations.LeadingZeroCount(_over.NonAscii);
        _over = default;
        (ulong two, ulong three) = Gpt2Masks.LongLetters(bytes);
        ulong letters = two | two << 1 | three | three << 1 | three << 2;
        masks.Letters |= letters;
        _over.Letters = _over.NonAscii = (two >> Last) | (three >> Last) | (three >> Last) << 1 | (three >> (Last - 1));
        ulong apart = 0;
        ulong leads = masks.NonAscii & ~letters & (covered < Gpt2Masks.Count ? ulong.MaxValue << covered : 0);
        while (leads != 0)
        {
            int bit = BitOperations.TrailingZeroCount(leads);
            CodePointSets kind = KindAt(at + bit, out int length);
            ulong own = (1UL << length) - 1;
            Mark(ref masks, kind, own << bit);
            if (kind == CodePointSets.WhiteSpace && !IsWhiteSpaceAt(at + bit + length)) apart |= 1UL << bit;
            int over = bit + length - Gpt2Masks.Count;
            if (over >= 0)
            {
                if (over > 0) Mark(ref _over, kind, own >> (length - over));
                break;
            }

            leads &= ulong.MaxValue << (bit + length);
        }

        return apart;
    }

    private static void Mark(ref Gpt2Masks masks, CodePointSets kind, ulong bits)
    {
        masks.NonAscii |= bits;
        if (kind == CodePointSets.Letter) masks.Letters |= bits;
        else if (kind == CodePointSets.Number) masks.Numbers |= bits;
        else if (kind == CodePointSets.WhiteSpace) masks.WhiteSpace |= bits;
    }

    /// <summary>An apostrophe that begins a piece and an ending of a contraction are a piece.</summary>
    private void Contract(ulong apostrophes, ref ulong starts, int at)
    {
        for (ulong left = apostrophes & starts; left != 0; left &= left - 1)
        {
            int bit = BitOperations.TrailingZeroCount(left);
            int length = ContractionLength(_text[(at + bit)..]);
            if (length == 0) continue;
            if (bit < Last) starts &= ~(2UL << bit);
            else _cleared = 1;
            int behind = bit + length - Gpt2Masks.Count;
            if (behind < 0) starts |= 1UL << (bit + length);
            else _set |= 1UL << behind;
        }
    }

    private static int ContractionLength(ReadOnlySpan<byte> text) => text switch
    {
        [_, (byte)'s' or (byte)'t' or (byte)'m' or (byte)'d', ..] => 2,
        [_, (byte)'r' or (byte)'v', (byte)'e', ..] or [_, (byte)'l', (byte)'l', ..] => 3,
        _ => 0,
    };
}
