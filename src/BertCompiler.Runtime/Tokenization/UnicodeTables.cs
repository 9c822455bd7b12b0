namespace BertCompiler.Tokenization;

/// <summary>
/// Unicode as the Hugging Face tokenizers see it. The tables are generated from what that library answers about every code point, so
/// nothing here depends on the Unicode version of .NET or on the globalization mode.
/// </summary>
/// <remarks>
/// Two stages: <c>ClassBlocks[c &gt;&gt; 7]</c> chooses a block of 128 bytes in <c>Classes</c>, which gives the class of the code point;
/// its properties stand once for each class.
/// </remarks>
internal static partial class UnicodeTables
{
    /// <summary>The character that stands for what is not text, for example for half of a surrogate pair.</summary>
    public const int Replacement = 0xFFFD;

    /// <summary>The most bytes of UTF-8 that the parts of a Hangul syllable take.</summary>
    public const int MostHangulBytes = 9;

    private const int HangulBase = 0xAC00;
    private const int HangulCount = 11172;
    private const int HangulLeading = 0x1100;
    private const int HangulVowel = 0x1161;
    private const int HangulTrailing = 0x11A7;

    /// <summary>Class of a code point ≤ U+10FFFF: index into the tables of properties.</summary>
    public static int ClassOf(int codePoint) => Classes[(ClassBlocks[codePoint >> BlockShift] << BlockShift) | (codePoint & BlockMask)];

    public static CodePointFlags FlagsOfClass(int @class) => (CodePointFlags)ClassFlags[@class];

    public static CodePointFlags FlagsOf(int codePoint) => (CodePointFlags)ClassFlags[ClassOf(codePoint)];

    /// <summary>Canonical combining class, 0…254: the key by which neighbouring marks are sorted.</summary>
    public static byte CombiningOfClass(int @class) => ClassCombining[@class];

    /// <summary>Canonical combining class of a code point.</summary>
    public static byte CombiningOf(int codePoint) => ClassCombining[ClassOf(codePoint)];

    /// <summary>The lower case of a code point of that class, where it is one code point.</summary>
    public static int Lower(int codePoint, int @class) => codePoint + ClassLowerDelta[@class];

    /// <summary>Full canonical decomposition of a code point that has <see cref="CodePointFlags.Decomposes"/>: 1 to 4 code points.</summary>
    public static ReadOnlySpan<int> Decomposition(int codePoint)
    {
        int entry = DecompositionIndex[(DecompositionBlocks[codePoint >> BlockShift] << BlockShift) | (codePoint & BlockMask)];
        return DecompositionPool.Slice(entry >> 2, (entry & 3) + 1);
    }

    /// <summary>Decomposes a Hangul syllable into <paramref name="parts"/> (room for 3); returns how many parts, 2 or 3.</summary>
    public static int DecomposeHangul(int codePoint, Span<int> parts)
    {
        int s = codePoint - HangulBase;
        parts[0] = HangulLeading + s / 588;
        parts[1] = HangulVowel + s % 588 / 28;
        parts[2] = HangulTrailing + s % 28;
        return s % 28 == 0 ? 2 : 3;
    }

    /// <summary>Writes the parts of a Hangul syllable in UTF-8: two or three, of three bytes each. Returns how many bytes.</summary>
    public static int WriteHangul(int codePoint, Span<byte> bytes)
    {
        int syllable = codePoint - HangulBase;
        int trailing = syllable % 28;
        WriteThree(HangulLeading + syllable / 588, bytes);
        WriteThree(HangulVowel + syllable % 588 / 28, bytes[3..]);
        if (trailing == 0) return MostHangulBytes - 3;
        WriteThree(HangulTrailing + trailing, bytes[6..]);
        return MostHangulBytes;
    }

    /// <summary>A syllable of Hangul, which is decomposed by arithmetic.</summary>
    public static bool IsHangulSyllable(int codePoint) => (uint)(codePoint - HangulBase) < HangulCount;

    /// <summary>A vowel or final of Hangul: composes with what stands before it.</summary>
    public static bool IsHangulPart(int codePoint)
        => codePoint is (>= HangulVowel and < HangulVowel + 21) or (> HangulTrailing and < HangulTrailing + 28);

    /// <summary>The sets that a code point is in.</summary>
    public static CodePointSets SetsOf(int codePoint)
        => (CodePointSets)SetsOfClass[SetClasses[(SetBlocks[codePoint >> BlockShift] << BlockShift) | (codePoint & BlockMask)]];

    /// <summary>All 25 white-space code points are single UTF-16 units.</summary>
    public static bool IsWhiteSpace(char character) => (FlagsOf(character) & CodePointFlags.WhiteSpace) != 0;

    /// <summary>Full compatibility decomposition of a code point that has <see cref="CodePointSets.Compatible"/>: 1 to 18 code points.</summary>
    public static ReadOnlySpan<int> CompatibleDecomposition(int codePoint)
    {
        int entry = CompatibleIndex[(CompatibleBlocks[codePoint >> BlockShift] << BlockShift) | (codePoint & BlockMask)];
        return CompatiblePool.Slice(entry + 1, CompatiblePool[entry]);
    }

    /// <summary>The code point that a pair composes to, or −1.</summary>
    public static int Compose(int first, int second)
    {
        if (first >= HangulLeading && first < HangulLeading + 19 && second >= HangulVowel && second < HangulVowel + 21)
        {
            return HangulBase + ((first - HangulLeading) * 21 + second - HangulVowel) * 28;
        }

        bool syllable = first >= HangulBase && first < HangulBase + HangulCount && (first - HangulBase) % 28 == 0;
        if (syllable && second > HangulTrailing && second < HangulTrailing + 28) return first + second - HangulTrailing;
        int low = 0;
        int high = ComposedFirst.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int order = ComposedFirst[middle] != first ? ComposedFirst[middle] - first : ComposedSecond[middle] - second;
            if (order == 0) return Composed[middle];
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return -1;
    }

    /// <summary>The code point at <paramref name="index"/>; half of a surrogate pair counts as U+FFFD.</summary>
    public static int CodePointAt(ReadOnlySpan<char> text, int index)
    {
        char c = text[index];
        if (c is < '\uD800' or > '\uDFFF') return c;
        if (c <= '\uDBFF' && index + 1 < text.Length && text[index + 1] is >= '\uDC00' and <= '\uDFFF')
        {
            return ((c - 0xD800) << 10) + (text[index + 1] - 0xDC00) + 0x10000;
        }

        return Replacement;
    }

    /// <summary>The code point that ends before <paramref name="end"/>; half of a surrogate pair counts as U+FFFD.</summary>
    public static int CodePointBefore(ReadOnlySpan<char> text, int end)
    {
        bool pair = end > 1 && text[end - 1] is >= '\uDC00' and <= '\uDFFF' && text[end - 2] is >= '\uD800' and <= '\uDBFF';
        return CodePointAt(text, pair ? end - 2 : end - 1);
    }

    /// <summary>UTF-16 units that a code point takes: 1 or 2.</summary>
    public static int UnitsOf(int codePoint) => codePoint < 0x10000 ? 1 : 2;

    private static void WriteThree(int codePoint, Span<byte> bytes)
    {
        bytes[2] = (byte)(0x80 | codePoint & 0x3F);
        bytes[1] = (byte)(0x80 | codePoint >> 6 & 0x3F);
        bytes[0] = (byte)(0xE0 | codePoint >> 12);
    }
}
