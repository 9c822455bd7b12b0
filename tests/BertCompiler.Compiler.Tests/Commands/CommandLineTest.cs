using System.CommandLine;
using BertCompiler.Tool.Commands;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>Every failure of a command is a sentence and an exit code.</summary>
public sealed class CommandLineTest
{
    public static TheoryData<Type> Exceptions =>
        [typeof(OverflowException), typeof(OutOfMemoryException), typeof(InvalidOperationException), typeof(FormatException), typeof(IndexOutOfRangeException), typeof(NotSupportedException), typeof(ArgumentException), typeof(IOException)];

    [Theory]
    [MemberData(nameof(Exceptions))]
    public async Task No_exception_ends_the_process(Type exception)
    {
        var command = new Command("fail");
        command.SetAction((_, _) => throw (Exception)Activator.CreateInstance(exception, "why")!);
        Assert.Equal(ExitCodes.Failed, await CommandLine.RunAsync(new RootCommand { command }, ["fail"]));
    }
}
