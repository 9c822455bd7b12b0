namespace BertCompiler.Tool.Commands;

/// <summary>A command cannot go on; the message is the sentence for the person.</summary>
internal sealed class CommandException(string message, bool isUsage = false) : Exception(message)
{
    /// <summary>Whether the command line is at fault, not the input.</summary>
    public bool IsUsage { get; } = isUsage;
}
