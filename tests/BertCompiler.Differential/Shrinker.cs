using System.Text;

namespace BertCompiler.Differential;

/// <summary>Makes a text that shows a difference as short as it can be, taking code points away while the difference stays.</summary>
internal static class Shrinker
{
    /// <summary>Returns the shortest text found.</summary>
    /// <param name="text">A text that shows the difference.</param>
    /// <param name="differs">Says of each text whether it does.</param>
    public static string Shrink(string text, Func<string[], bool[]> differs)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        for (int size = Math.Max(runes.Length / 2, 1); size > 0;)
        {
            string[] shorter = [.. Enumerable.Range(0, Math.Max(runes.Length - size + 1, 0)).Where(at => size == 1 || at % size == 0).Select(at => Without(runes, at, size))];
            int found = Array.IndexOf(differs(shorter), true);
            if (found >= 0) runes = [.. shorter[found].EnumerateRunes()];
            else size = size == 1 ? 0 : Math.Max(size / 2, 1);
            size = Math.Min(size, Math.Max(runes.Length - 1, 0));
        }

        return string.Concat(runes);
    }

    private static string Without(Rune[] runes, int at, int count) => string.Concat(runes[..at]) + string.Concat(runes[(at + count)..]);
}
