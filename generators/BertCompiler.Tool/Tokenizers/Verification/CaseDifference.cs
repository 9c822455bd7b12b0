namespace BertCompiler.Tool.Tokenizers.Verification;

/// <summary>In what a case differs.</summary>
[Flags]
internal enum CaseDifference
{
    None = 0,
    Ids = 1,
    Offsets = 2,
    WordIds = 4,
    Other = 8,

    /// <summary>The text that ids are decoded to.</summary>
    Decoded = 16,

    /// <summary>Other ids and places, whose scores have the same sum: the file says that there are several best ways to cut.</summary>
    Tie = 32,
}
