namespace BertCompiler.Tokenization;

/// <summary>
/// RoBERTa's post-processor cuts the white space at both ends of a token's text from its place (Hugging Face tokenizers,
/// pre_tokenizers/byte_level.rs, process_offsets).
/// </summary>
internal static class OffsetTrimmer
{
    /// <summary>The byte-level letter for a space.</summary>
    private const int SpaceLetter = 0x120;

    /// <summary>How many code points of white space a token's text begins and ends with, as far as they are cut.</summary>
    /// <param name="options">The tokenizer's.</param>
    /// <param name="text">The token's text.</param>
    /// <param name="isFirst">Whether it is the first token of its window, or begins where the text begins.</param>
    public static (int Leading, int Trailing) Spaces<TUnit, TUnits>(TokenizerOptions options, ReadOnlySpan<TUnit> text, bool isFirst)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TUnits : struct, ITextUnits<TUnit>
    {
        int leading = 0;
        int trailing = 0;
        for (int at = 0, length; at < text.Length && IsSpace(TUnits.CodePointAt(text, at, out length)); at += length) leading++;
        for (int at = text.Length, length; at > 0 && IsSpace(TUnits.CodePointBefore(text, at, out length)); at -= length) trailing++;
        if (leading == 1 && isFirst && (options & TokenizerOptions.AddPrefixSpace) != 0) leading = 0;
        return (leading, trailing);
    }

    /// <summary>The token with trimmed places. They are counted in code points.</summary>
    /// <param name="options">The tokenizer's.</param>
    /// <param name="token">The token.</param>
    /// <param name="index">Its index in the window.</param>
    /// <param name="places">Turns code points of its text into UTF-16 units.</param>
    public static Token Trim(TokenizerOptions options, Token token, int index, CodePointIndex places)
    {
        if ((options & TokenizerOptions.TrimOffsets) == 0) return token;
        (int leading, int trailing) = Spaces<char, Utf16Units>(options, token.Text, isFirst: index == 0 || token.Span.Start == 0);
        if (leading + trailing == 0) return token;
        TextSpan span = token.CodePoints;
        int start = Math.Min(span.Start + leading, span.End);
        TextSpan trimmed = new(start, span.End >= trailing ? Math.Max(span.End - trailing, start) : span.End);
        return token with { Span = places.ToUnits(trimmed), CodePoints = trimmed };
    }

    /// <summary>The same for a place in units of the text itself.</summary>
    /// <param name="text">The text.</param>
    /// <param name="span">The place.</param>
    /// <param name="leading">Code points to cut at its start.</param>
    /// <param name="trailing">Code points to cut at its end.</param>
    public static TextSpan Trim<TUnit, TUnits>(ReadOnlySpan<TUnit> text, TextSpan span, int leading, int trailing)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TUnits : struct, ITextUnits<TUnit>
    {
        (int start, int end) = span;
        for (int length; leading > 0 && start < span.End; leading--, start += length) TUnits.CodePointAt(text, start, out length);
        for (int length; trailing > 0 && end > 0; trailing--, end -= length) TUnits.CodePointBefore(text, end, out length);
        return new(start, trailing > 0 ? span.End : Math.Max(end, start));
    }

    private static bool IsSpace(int codePoint) => codePoint == SpaceLetter || (UnicodeTables.FlagsOf(codePoint) & CodePointFlags.WhiteSpace) != 0;
}
