namespace BertCompiler.Core.Problems;

/// <summary>Whether a problem stops the compilation.</summary>
public enum Severity
{
    /// <summary>The model compiles; a person should know.</summary>
    Warning,

    /// <summary>No output is written.</summary>
    Error,
}
