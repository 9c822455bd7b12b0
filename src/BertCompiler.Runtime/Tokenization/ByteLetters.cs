namespace BertCompiler.Tokenization;

/// <summary>
/// The visible letters that stand for bytes (openai/gpt-2, src/encoder.py, bytes_to_unicode): 33–126, 161–172 and 174–255 stand for
/// themselves, the other 68 are U+0100 and following, in order.
/// </summary>
internal static class ByteLetters
{
    /// <summary>The first byte that stands for itself.</summary>
    public const byte FirstVisible = 33;

    /// <summary>The last one of ASCII.</summary>
    public const byte LastVisible = 126;

    private const int FirstOther = 0x100;
    private const int ControlCount = 33;
    private const int MiddleCount = 34;
    private const int FirstMiddle = 127;
    private const int SoftHyphen = 173;
    private const int OtherCount = 68;

    /// <summary>Letter of a byte.</summary>
    public static char Of(int value) => value switch
    {
        < ControlCount => (char)(FirstOther + value),
        >= FirstMiddle and < FirstMiddle + MiddleCount => (char)(FirstOther + ControlCount + value - FirstMiddle),
        SoftHyphen => (char)(FirstOther + OtherCount - 1),
        _ => (char)value,
    };

    /// <summary>Byte of a letter, or −1.</summary>
    public static int ByteOf(char letter)
    {
        int other = letter - FirstOther;
        if (other < 0) return Of(letter) == letter ? letter : -1;
        return other switch
        {
            < ControlCount => other,
            < ControlCount + MiddleCount => other - ControlCount + FirstMiddle,
            OtherCount - 1 => SoftHyphen,
            _ => -1,
        };
    }
}
