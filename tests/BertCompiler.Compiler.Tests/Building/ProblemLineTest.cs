using BertCompiler.Core.Problems;
using BertCompiler.Tasks;

namespace BertCompiler.Compiler.Tests.Building;

public sealed class ProblemLineTest
{
    [Theory]
    [InlineData("/models/a (2): old/config.json", 3, 7, Severity.Error)]
    [InlineData("/models/(1,2): error X1: y/config.json", 0, 0, Severity.Warning)]
    [InlineData("C:\\models\\x", 0, 0, Severity.Error)]
    public void What_the_tool_prints_is_read_back(string file, int line, int column, Severity severity)
    {
        var problem = new Problem(ProblemKinds.ConfigMissingField, severity, file, line, column, "hidden_size: expected {a number}: error CS1234: found nothing");
        Assert.Equal(problem, ProblemLine.Read(problem.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Unhandled exception. System.Exception: error")]
    [InlineData("x.cs(1,2): error CS0001: no problem of a model")]
    public void Other_lines_are_no_problem(string line) => Assert.Null(ProblemLine.Read(line));
}
