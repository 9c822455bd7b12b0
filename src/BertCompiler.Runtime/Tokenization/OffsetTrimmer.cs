namespace BertCompiler.Tokenization;

/// <summary>
/// RoBERTa's post-processor cuts the white space at both ends of a token's text from its place (Hugging Face tokenizers,
/// pre_tokenizers/byte_level.rs, process_offsets).
/// </summary>
internal static class OffsetTrimmer
{
    /// <summary>The byte-level letter for a space.</summary>
    private const char SpaceLetter = '\u0120';

    /// <summary>The token with trimmed places. They are counted in code points.</summary>
    /// <param name="options">The tokenizer's.</param>
    /// <param name="token">The token.</param>
    /// <param name="index">Its index in the window.</param>
    /// <param name="places">Turns code points of its text into UTF-16 units.</param>
    public static Token Trim(TokenizerOptions options, Token token, int index, CodePointIndex places)
    {
        if ((options & TokenizerOptions.TrimOffsets) == 0) return token;
        int leading = 0;
        int trailing = 0;
        while (leading < token.Text.Length && IsSpace(token.Text[leading])) leading++;
        while (trailing < token.Text.Length && IsSpace(token.Text[^(trailing + 1)])) trailing++;
        bool first = index == 0 || token.Span.Start == 0;
        if (leading == 1 && first && (options & TokenizerOptions.AddPrefixSpace) != 0) leading = 0;
        if (leading + trailing == 0) return token;
        TextSpan trimmed = Trim(token.CodePoints, leading, trailing);
        return token with { Span = places.ToUnits(trimmed), CodePoints = trimmed };
    }

    /// <summary>All white space is one UTF-16 unit and one code point.</summary>
    private static bool IsSpace(char c) => c == SpaceLetter || UnicodeTables.IsWhiteSpace(c);

    private static TextSpan Trim(TextSpan span, int leading, int trailing)
    {
        int start = Math.Min(span.Start + leading, span.End);
        return new(start, span.End >= trailing ? Math.Max(span.End - trailing, start) : span.End);
    }
}
