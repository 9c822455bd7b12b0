using System.Diagnostics;
using BertCompiler.Tasks;

namespace BertCompiler.Compiler.Tests.Building;

public sealed class ProcessArgumentsTest
{
    [Fact]
    public void A_process_gets_each_argument_as_it_was()
    {
        string[] arguments =
        [
            "plain", "", "two words", "dollar$(Foo)", "`back`", "50%", "a;b", "Bob's", "quo\"te", "ends in \\", "\\\"", "\\\\\"\\\\", "$HOME", "*", "!x", "&|<>", "новый", "tab\tand\nline",
        ];

        // printf is no shell: it repeats its format for each argument.
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/printf", ProcessArguments.Join(["%s\\0", .. arguments])) { RedirectStandardOutput = true })!;
        string[] read = process.StandardOutput.ReadToEnd().Split('\0')[..^1];
        process.WaitForExit();
        Assert.Equal(arguments, read);
    }
}
