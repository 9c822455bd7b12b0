namespace BertCompiler.Core.Problems;

/// <summary>One fault found in one input.</summary>
/// <param name="Kind">What kind of fault.</param>
/// <param name="Severity">Whether it stops the compilation.</param>
/// <param name="File">The file that carries it, as the user named it.</param>
/// <param name="Line">Line from 1; 0 where the file has no lines.</param>
/// <param name="Column">Column from 1; 0 where unknown.</param>
/// <param name="Message">What was expected and what was found, naming the field or tensor.</param>
public sealed record Problem(ProblemKind Kind, Severity Severity, string File, int Line, int Column, string Message)
{
    /// <summary>The form that MSBuild turns into a build error: <c>path(line,column): error BERT1001: message</c>.</summary>
    public override string ToString()
    {
        string place = Line > 0 ? $"{File}({Line},{Math.Max(Column, 1)})" : File;
        return $"{place}: {(Severity == Severity.Error ? "error" : "warning")} {Kind.Id}: {Message}";
    }
}
