using System.Text;

namespace BertCompiler.Tasks;

/// <summary>Arguments in one line, for a process that is started without a shell.</summary>
internal static class ProcessArguments
{
    /// <summary>
    /// The line that <c>ProcessStartInfo.Arguments</c> takes apart again into <paramref name="arguments"/>, on every system: .NET follows the
    /// rules of the C run-time library of Windows on Unix too. There a backslash is a backslash, unless quotation marks follow it.
    /// </summary>
    public static string Join(IEnumerable<string> arguments)
    {
        var line = new StringBuilder();
        foreach (string argument in arguments)
        {
            if (line.Length > 0) line.Append(' ');
            Append(line, argument);
        }

        return line.ToString();
    }

    private static void Append(StringBuilder line, string argument)
    {
        line.Append('"');
        int backslashes = 0;
        foreach (char c in argument)
        {
            if (c == '"') line.Append('\\', backslashes + 1); // each backslash before quotation marks counts half, and one more makes the marks text
            line.Append(c);
            backslashes = c == '\\' ? backslashes + 1 : 0;
        }

        line.Append('\\', backslashes).Append('"');
    }
}
