using System.Globalization;
using System.Text.RegularExpressions;
using BertCompiler.Core.Problems;

namespace BertCompiler.Tasks;

/// <summary>Reads what <see cref="Problem.ToString"/> wrote.</summary>
internal static class ProblemLine
{
    // MSBuild's own reading stops at the first bracket or colon that looks like the end of a path; folders may be called "model (2): old".
    private static readonly Regex _form = new(
        @"^(?<file>.*?)(?:\((?<line>\d{1,9}),(?<column>\d{1,9})\))?: (?<severity>error|warning) (?<id>BERT\d{4}): (?<message>.*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(5));

    /// <summary>The problem in a line; null: the line is something else.</summary>
    public static Problem? Read(string line)
    {
        Match match = _form.Match(line);
        if (!match.Success) return null;
        string id = match.Groups["id"].Value;
        ProblemKind kind = ProblemKinds.All.FirstOrDefault(k => k.Id == id) ?? new ProblemKind(id, "", "", "");
        Severity severity = match.Groups["severity"].Value == "error" ? Severity.Error : Severity.Warning;
        return new Problem(kind, severity, match.Groups["file"].Value, Number(match.Groups["line"]), Number(match.Groups["column"]), match.Groups["message"].Value);
    }

    private static int Number(Group digits) => digits.Success ? int.Parse(digits.Value, CultureInfo.InvariantCulture) : 0;
}
