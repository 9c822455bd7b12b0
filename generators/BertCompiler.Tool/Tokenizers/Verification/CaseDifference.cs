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
}
