namespace SemanticSearch;

/// <summary>What the program's exit code says; <c>--help</c> lists them.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Cancelled = 130;
}
