using Spectre.Console;

namespace BertCompiler.Tool.Commands;

/// <summary>The standard output for tables: as wide as the terminal, and wide enough not to break lines where it is piped.</summary>
internal static class Terminal
{
    private const int PipedWidth = 200;

    public static IAnsiConsole Output { get; } = Create();

    private static IAnsiConsole Create()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected) console.Profile.Width = PipedWidth;
        return console;
    }
}
