namespace BertCompiler.Tokenization;

/// <summary>Cuts texts into windows of tokens, as Hugging Face tokenizers do (utils/truncation.rs, tokenizer/encoding.rs).</summary>
internal static class WindowPlan
{
    private const string TooShort = "Truncation error: Sequence to truncate too short to respect the provided max_length";
    private const string NoSecond = "Truncation error: Second sequence not provided";

    /// <summary>The windows of the first text and, where there is one, of the second; window 0 is what is kept.</summary>
    /// <param name="first">Tokens of the first text.</param>
    /// <param name="second">Tokens of the second text, or null.</param>
    /// <param name="specials">Special tokens that the template adds.</param>
    /// <param name="options">How to cut.</param>
    /// <param name="side">At which end.</param>
    /// <exception cref="TruncationException">It cannot be cut as asked.</exception>
    public static Range[][] Plan(int first, int? second, int specials, EncodeOptions options, TextSide side)
    {
        int room = options.MaxLength - (options.AddSpecialTokens ? specials : 0);
        (int a, int b) = (first, second ?? 0);
        if (options.Truncation != TruncationStrategy.None && room >= 0)
        {
            (a, b) = room == 0 ? (0, 0) : Lengths(a, second, room, options);
        }

        Range[] firstWindows = Windows(first, a, options, side);
        return second is null ? [firstWindows] : [firstWindows, Windows(second.Value, b, options, side)];
    }

    private static (int First, int Second) Lengths(int first, int? second, int room, EncodeOptions options)
    {
        int other = second ?? 0;
        int excess = first + other - room;
        if (excess <= 0) return (first, other);
        int most = options.MaxLength;
        int count = excess + most;
        switch (options.Truncation)
        {
            case TruncationStrategy.OnlyFirst when first > excess: return (first - excess, other);
            case TruncationStrategy.OnlySecond when second is null: throw new TruncationException(NoSecond, argument: null, count, most);
            case TruncationStrategy.OnlySecond when other > excess: return (first, other - excess);
            case TruncationStrategy.LongestFirst: return second is null ? (room, 0) : LongestFirst(first, other, room);
            default: throw new TruncationException(TooShort, argument: null, count, most);
        }
    }

    private static (int First, int Second) LongestFirst(int first, int second, int room)
    {
        int shorter = Math.Min(first, second);
        int longer = shorter > room ? shorter : Math.Max(shorter, room - shorter);
        if (shorter + longer > room)
        {
            shorter = room / 2;
            longer = shorter + room % 2;
        }

        return first > second ? (longer, shorter) : (shorter, longer);
    }

    private static Range[] Windows(int count, int length, EncodeOptions options, TextSide side)
    {
        if (length >= count) return [0..count];
        if (length == 0) return [0..0, 0..count];
        if (options.Stride >= length)
        {
            throw new TruncationException(
                $"`stride` must be strictly less than `max_len={length}` (note that `max_len` may be shorter than the max length of the original "
                + "model, as it subtracts the number of special characters");
        }

        var windows = new List<Range>();
        int step = length - options.Stride;
        if (side == TextSide.Right)
        {
            for (int start = 0; windows is [] || windows[^1].End.Value < count; start += step) windows.Add(start..Math.Min(start + length, count));
        }
        else
        {
            for (int end = count; windows is [] || windows[^1].Start.Value > 0; end -= step) windows.Add(Math.Max(end - length, 0)..end);
        }

        return [.. windows];
    }
}
