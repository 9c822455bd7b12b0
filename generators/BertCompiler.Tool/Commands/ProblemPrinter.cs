using System.Text.Json;
using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Commands;

/// <summary>Problems for people, for MSBuild and for programs.</summary>
internal static class ProblemPrinter
{
    /// <summary>One line a problem on the error stream, in the form that compilers use and MSBuild reads.</summary>
    public static void Print(IEnumerable<Problem> problems, TextWriter writer)
    {
        foreach (Problem problem in problems) writer.WriteLine(problem.ToString());
    }

    /// <summary>A property with all problems as objects.</summary>
    public static void WriteJson(Utf8JsonWriter json, IEnumerable<Problem> problems)
    {
        json.WriteStartArray("problems");
        foreach (Problem problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("severity", problem.Severity == Severity.Error ? "error" : "warning");
            json.WriteString("id", problem.Kind.Id);
            json.WriteString("class", problem.Kind.Class);
            json.WriteString("file", problem.File);
            json.WriteNumber("line", problem.Line);
            json.WriteNumber("column", problem.Column);
            json.WriteString("message", problem.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
