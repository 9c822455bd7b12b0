using System.CommandLine;
using System.CommandLine.Parsing;

namespace BertCompiler.Tool.Commands;

/// <summary>
/// Finds mistyped options. The parser takes <c>--jsn</c> for an argument where a command has room for one more; a file, a folder or a text that
/// begins with a hyphen is named behind <c>--</c>.
/// </summary>
internal static class UnknownOptions
{
    /// <summary>The first argument that looks like an option; null: there is none.</summary>
    public static string? Find(ParseResult parsed)
    {
        Token[] plain = [.. parsed.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash)];
        foreach (SymbolResult child in parsed.CommandResult.Children)
        {
            if (child is not ArgumentResult argument) continue;
            foreach (Token token in argument.Tokens)
            {
                if (IsOption(token.Value) && Array.Exists(plain, t => ReferenceEquals(t, token))) return token.Value;
            }
        }

        return parsed.UnmatchedTokens.FirstOrDefault(word => IsOption(word) && Array.Exists(plain, t => t.Value == word));
    }

    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-' && char.IsAsciiLetter(word.TrimStart('-').FirstOrDefault()) && !word.Contains(' ');
}
