using BertCompiler.Core.Emit;
using BertCompiler.Core.Plan;

namespace BertCompiler.Core.Request;

/// <summary>The words that an item's metadata may hold, in any case and with spaces round them. Null: a word is not known.</summary>
public static class ItemWords
{
    /// <summary>What <c>Weights</c> may say, for messages.</summary>
    public const string PlaceWords = "'File' or 'Embedded'";

    /// <summary>What <c>Taps</c> may say, for messages.</summary>
    public const string TapsWords = "'hidden', 'attention' or both, separated by a semicolon";

    /// <summary>What <c>Access</c> may say, for messages.</summary>
    public const string AccessWords = "'public' or 'internal'";

    /// <summary>Where weights go; empty: <see cref="WeightsPlace.File"/>.</summary>
    public static WeightsPlace? Place(string text) => text.Trim().ToUpperInvariant() switch
    {
        "" or "FILE" => WeightsPlace.File,
        "EMBEDDED" => WeightsPlace.Embedded,
        _ => null,
    };

    /// <summary>Who sees the class; empty: <see cref="ClassAccess.Public"/>.</summary>
    public static ClassAccess? Access(string text) => text.Trim().ToUpperInvariant() switch
    {
        "" or "PUBLIC" => ClassAccess.Public,
        "INTERNAL" => ClassAccess.Internal,
        _ => null,
    };

    /// <summary>Intermediate results; empty: none.</summary>
    public static Taps? Taps(string text)
    {
        var taps = Plan.Taps.None;
        foreach (string word in text.Split([';', ',', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Equals("hidden", StringComparison.OrdinalIgnoreCase)) taps |= Plan.Taps.Hidden;
            else if (word.Equals("attention", StringComparison.OrdinalIgnoreCase)) taps |= Plan.Taps.Attention;
            else return null;
        }

        return taps;
    }
}
