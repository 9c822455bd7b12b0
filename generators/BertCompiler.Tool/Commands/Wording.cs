using System.Globalization;
using System.Text.RegularExpressions;
using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Commands;

/// <summary>What an exception says, in the words of a command line: without the names of a method's parameters.</summary>
internal static partial class Wording
{
    // What .NET puts behind the message of an ArgumentException, and of one that says that a number is out of range.
    [GeneratedRegex(@"\s*\(Parameter '[^']*'\)(\s*Actual value was .*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Suffix();

    /// <summary>The sentence for a person.</summary>
    public static string Of(Exception exception) => exception switch
    {
        TruncationException => exception.Message.Replace("or allow a cut", $"or say --truncation {nameof(Truncation.Right)}", StringComparison.Ordinal),
        ArgumentException => Suffix().Replace(exception.Message, ""),
        FileNotFoundException { FileName: { } file } when exception.Message.StartsWith("Could not find", StringComparison.Ordinal) => $"{file}: there is no such file",
        DirectoryNotFoundException => exception.Message.Replace("Could not find a part of the path", "there is no such folder:", StringComparison.Ordinal),
        _ => exception.Message,
    };

    /// <summary>A number of things: "1 text", "2 texts".</summary>
    public static string Count(long count, string one, string format = "D") => $"{count.ToString(format, CultureInfo.InvariantCulture)} {one}{(count == 1 ? "" : "s")}";
}
