using System.Diagnostics;

namespace BertCompiler.Samples.Tests;

/// <summary>The program as it is started.</summary>
public sealed class ProgramTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--jsn", "bees")]
    [InlineData("bees", "--rebuid")]
    [InlineData("-x", "bees")]
    [InlineData("bees", "--top", "0")]
    public void An_option_that_does_not_exist_is_an_error(params string[] arguments)
    {
        (int exitCode, string output, string errors) = Run([.. arguments, "--in", _folder.Write("a.md", "Bees dance.\n"), "--index", _folder.At("a.index")]);
        Assert.Equal(2, exitCode);
        Assert.Contains(arguments.First(a => a.StartsWith('-')), errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Bees dance", output, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.At("a.index")));
    }

    [Fact]
    public void A_number_below_zero_and_a_hyphen_in_quotation_marks_are_words()
    {
        (int exitCode, string output, _) = Run(["what", "freezes", "at", "-5", "--in", _folder.Write("a.md", "Bees dance.\n"), "--index", _folder.At("a.index")]);
        Assert.Equal(0, exitCode);
        Assert.Contains("Bees dance", output, StringComparison.Ordinal);
        Assert.Equal(0, Run(["-x is a letter", "--in", _folder.At("a.md"), "--index", _folder.At("a.index")]).ExitCode);
    }

    private static (int ExitCode, string Output, string Errors) Run(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "search.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
