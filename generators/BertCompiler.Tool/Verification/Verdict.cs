namespace BertCompiler.Tool.Verification;

/// <summary>What came of one folder.</summary>
internal enum Verdict
{
    /// <summary>Everything was compared and is within its tolerance.</summary>
    Passed,

    /// <summary>Something differs, is missing or cannot be read.</summary>
    Failed,

    /// <summary>The folder asks for something that this program does not do yet: nothing was compared.</summary>
    NotSupported,
}
