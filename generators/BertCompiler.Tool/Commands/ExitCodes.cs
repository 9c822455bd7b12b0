namespace BertCompiler.Tool.Commands;

/// <summary>What the program's exit code says.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>The input is at fault, or a comparison failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line is at fault.</summary>
    public const int Usage = 2;

    /// <summary>Cancelled by the user.</summary>
    public const int Cancelled = 130;

    /// <summary>Nobody reads the output any more; what a shell gives for a program that SIGPIPE ends.</summary>
    public const int ClosedOutput = 141;
}
