namespace SemanticSearch;

/// <summary>Something the user can put right: the message is all that is shown.</summary>
internal sealed class UserException(string message, int exitCode) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
