using System.CommandLine;
using System.CommandLine.Invocation;

namespace BertCompiler.Tool.Commands;

/// <summary>
/// Runs a command's action on a thread of its own. Ctrl+C is listened for once an action has been started: one that does all its work before it
/// returns a task would never hear of it, and the process would end with its temporary files left behind.
/// </summary>
internal sealed class DetachedAction(AsynchronousCommandLineAction action) : AsynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override Task<int> InvokeAsync(ParseResult parseResult, CancellationToken cancellationToken = default)
        => Task.Run(() => action.InvokeAsync(parseResult, cancellationToken), CancellationToken.None);
}
