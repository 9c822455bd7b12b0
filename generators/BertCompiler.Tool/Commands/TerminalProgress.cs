using Spectre.Console;

namespace BertCompiler.Tool.Commands;

/// <summary>A progress bar on the error stream where a person waits; nothing where it is piped.</summary>
internal static class TerminalProgress
{
    /// <summary>Runs <paramref name="work"/>, which reports from 0 to 1.</summary>
    public static T Run<T>(string title, Func<IProgress<double>?, T> work)
    {
        if (Console.IsErrorRedirected) return work(null);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (!console.Profile.Capabilities.Interactive) return work(null);
        return console.Progress().AutoClear(true).Start(context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape(title), maxValue: 1);
            return work(new TaskProgress(task));
        });
    }

    /// <summary>Runs <paramref name="work"/>, which reports how many pieces are done of a number that nobody knows.</summary>
    public static T Count<T>(string title, Func<IProgress<long>?, T> work)
    {
        if (Console.IsErrorRedirected || !Console.IsOutputRedirected) return work(null);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Status().Start(Markup.Escape(title), context => work(new CountProgress(title, context)));
    }

    private sealed class CountProgress(string title, StatusContext context) : IProgress<long>
    {
        public void Report(long value) => context.Status(Markup.Escape(FormattableString.Invariant($"{title}: {value}")));
    }

    private sealed class TaskProgress(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }
}
