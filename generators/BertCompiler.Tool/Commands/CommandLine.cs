using System.CommandLine;
using System.CommandLine.Invocation;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands;

/// <summary>Runs a command line; every failure becomes one sentence and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        foreach (Command command in root.Subcommands)
        {
            if (command.Action is AsynchronousCommandLineAction action) command.Action = new DetachedAction(action);
        }

        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await parsed.InvokeAsync();
            return ExitCodes.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("cancelled");
            return ExitCodes.Cancelled;
        }
        catch (EnvironmentVariableException e)
        {
            await Console.Error.WriteLineAsync($"bertc: {e.Message}");
            return ExitCodes.Usage;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or ImportException or CommandException)
        {
            await Console.Error.WriteLineAsync($"bertc: {e.Message}");
            return e is CommandException { IsUsage: true } ? ExitCodes.Usage : ExitCodes.Failed;
        }
    }
}
