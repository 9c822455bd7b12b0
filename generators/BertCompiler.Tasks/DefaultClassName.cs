using System.Globalization;
using System.Text.RegularExpressions;
using BertCompiler.Core.Emit;

namespace BertCompiler.Tasks;

/// <summary>The class of an item without Class: root namespace and the folder's name in Pascal case; <c>all-MiniLM-L6-v2</c> → <c>Shop.AllMiniLML6V2</c>.</summary>
internal static class DefaultClassName
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(5);

    /// <summary>A valid class name for any folder and any root namespace.</summary>
    public static string Of(string rootNamespace, string folder, bool ofTokenizer)
    {
        string[] space = [.. rootNamespace.Split('.').Select(p => p.Trim()).Where(p => p.Length > 0).Select(NamespacePart)];
        string name = Pascal(Path.GetFileName(folder));
        string full = string.Join(".", [.. space, name]);

        // A class cannot be called like its own member: models/embed → Shop.EmbedModel.
        return ClassNames.Problem(full, ofTokenizer) is null ? full : full + (ofTokenizer ? "Words" : "Model");
    }

    private static string Pascal(string text)
    {
        string words = Regex.Replace(text, @"([\p{Ll}\p{Nd}])(?=\p{Lu})|[^\p{L}\p{Nd}]+", "$1 ", RegexOptions.CultureInvariant, _limit);
        string name = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(words).Replace(" ", "");
        if (name.Length == 0) return "Model";
        return char.IsLetter(name[0]) ? name : "_" + name;
    }

    private static string NamespacePart(string text)
    {
        string part = Regex.Replace(text, @"[^\p{L}\p{Nd}_]", "_", RegexOptions.CultureInvariant, _limit);
        return ClassNames.IsIdentifier(part) && !ClassNames.IsKeyword(part) ? part : "_" + part;
    }
}
