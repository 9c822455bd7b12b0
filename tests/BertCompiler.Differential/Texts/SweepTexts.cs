namespace BertCompiler.Differential.Texts;

/// <summary>Every code point but the surrogates, alone and between two letters.</summary>
internal static class SweepTexts
{
    private const int CodePoints = 0x110000;

    /// <summary>How many there are at most.</summary>
    public const int Count = 2 * (CodePoints - 0x800);

    /// <summary>The texts.</summary>
    /// <param name="step">1: all; n: every nth code point.</param>
    public static IEnumerable<string> All(int step = 1)
    {
        for (int code = 0; code < CodePoints; code += step)
        {
            if (code is >= 0xD800 and < 0xE000) continue;
            string character = char.ConvertFromUtf32(code);
            yield return character;
            yield return $"a{character}b";
        }
    }
}
