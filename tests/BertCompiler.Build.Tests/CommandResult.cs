namespace BertCompiler.Build.Tests;

/// <summary>How a command ended and what it wrote, both streams together.</summary>
internal sealed record CommandResult(string Command, int ExitCode, string Output)
{
    /// <summary>This result; a failure of the test, with everything the command wrote, if it did not succeed.</summary>
    public CommandResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"{Command}: exit code {ExitCode}\n{Output}");
        return this;
    }

    /// <summary>This result; a failure of the test if it succeeded.</summary>
    public CommandResult Failed()
    {
        Assert.True(ExitCode != 0, $"{Command}: should have failed\n{Output}");
        return this;
    }

    /// <summary>The lines that the command wrote.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
