using System.CommandLine;
using System.CommandLine.Parsing;

namespace BertCompiler.Tool.Commands;

/// <summary>What the parser found wrong, in words for a person: it speaks of types and symbols.</summary>
internal static class UsageErrors
{
    /// <summary>One sentence for each thing that is wrong.</summary>
    public static IEnumerable<string> Of(ParseResult parsed)
    {
        foreach (ParseError error in parsed.Errors)
        {
            if (error.SymbolResult is OptionResult { Tokens.Count: 1 } option && error.Message.Contains("as expected type", StringComparison.Ordinal)) yield return WrongValue(option);
            else if (error.SymbolResult is CommandResult or ArgumentResult && error.Message.StartsWith("Required argument missing", StringComparison.Ordinal)) yield return $"{Missing(parsed)} is missing";
            else yield return error.Message.TrimEnd();
        }
    }

    private static string WrongValue(OptionResult option)
    {
        Type type = Nullable.GetUnderlyingType(option.Option.ValueType) ?? option.Option.ValueType;
        string expected = type.IsEnum ? string.Join(", ", Enum.GetNames(type)) : "a whole number";
        return $"{option.Option.Name} {option.Tokens[0].Value}: expected {expected}";
    }

    private static string Missing(ParseResult parsed) => string.Join(" and ", parsed.CommandResult.Command.Arguments
        .Where(a => a.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(a) is null or { Tokens.Count: 0 })
        .Select(a => a.Name));
}
