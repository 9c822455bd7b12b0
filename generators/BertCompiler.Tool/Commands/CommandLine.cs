using System.CommandLine;
using System.CommandLine.Invocation;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands;

/// <summary>Runs a command line; every failure becomes one sentence and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        StandardOutput.NoticeClosedPipes();
        foreach (Command command in root.Subcommands)
        {
            if (command.Action is AsynchronousCommandLineAction action) command.Action = new DetachedAction(action);
        }

        try
        {
            return await InvokeAsync(root.Parse(args));
        }
        catch (ClosedOutputException)
        {
            return ExitCodes.ClosedOutput;
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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or TruncationException or ImportException or CommandException)
        {
            await Console.Error.WriteLineAsync($"bertc: {Wording.Of(e)}");
            return e is CommandException { IsUsage: true } ? ExitCodes.Usage : ExitCodes.Failed;
        }
        catch (Exception e)
        {
            // A fault of this program, or of the machine: a sentence all the same, and enough to report it by.
            string place = e.StackTrace is { } trace ? " " + trace.Split('\n')[0].Trim() : "";
            await Console.Error.WriteLineAsync($"bertc: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}{place}; please report this");
            return ExitCodes.Failed;
        }
    }

    /// <summary>What is wrong with a command's options, and where to read on; a command that does not exist gets the list of those that do.</summary>
    private static async Task ShowErrorsAsync(ParseResult parsed)
    {
        if (parsed.CommandResult.Command is RootCommand)
        {
            await parsed.InvokeAsync();
            return;
        }

        foreach (string error in UsageErrors.Of(parsed)) await Console.Error.WriteLineAsync($"bertc: {error}");
        await Console.Error.WriteLineAsync($"bertc {parsed.CommandResult.Command.Name} --help says what it takes");
    }

    private static async Task<int> InvokeAsync(ParseResult parsed)
    {
        if (UnknownOptions.Find(parsed) is { } unknown)
        {
            throw new CommandException($"{unknown}: {parsed.CommandResult.Command.Name} has no such option; what begins with a hyphen and is not one is named after --", isUsage: true);
        }

        if (parsed.Errors.Count > 0)
        {
            await ShowErrorsAsync(parsed);
            return ExitCodes.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }
}
