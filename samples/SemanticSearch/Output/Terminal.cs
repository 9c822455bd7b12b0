using Spectre.Console;

namespace SemanticSearch.Output;

/// <summary>What the person at the terminal sees besides answers, on the error stream: warnings, and progress where one is waiting.</summary>
internal static class Terminal
{
    /// <summary>Whether answers may have colours: on a terminal, and not where NO_COLOR asks for none.</summary>
    public static bool HasColours => !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 };

    /// <summary>Characters in a line of answers.</summary>
    public static int Width => Console.IsOutputRedirected || Console.WindowWidth < 20 ? 100 : Math.Min(Console.WindowWidth, 120);

    /// <summary>One line for the user.</summary>
    public static void Say(string message) => Console.Error.WriteLine($"search: {message}");

    /// <summary>Runs <paramref name="work"/> with a progress bar; it reports from 0 to 1.</summary>
    public static T WithProgress<T>(string title, Func<IProgress<double>?, T> work)
    {
        if (Console.IsErrorRedirected) return work(null);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (!console.Profile.Capabilities.Interactive) return work(null);
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(title), maxValue: 1);
                return work(new TaskProgress(task));
            });
    }

    private sealed class TaskProgress(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }
}
