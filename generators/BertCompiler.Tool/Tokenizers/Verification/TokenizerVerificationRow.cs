namespace BertCompiler.Tool.Tokenizers.Verification;

/// <summary>What comparing one file of cases gave. A case counts once in each column in which it differs.</summary>
/// <param name="Name">The file.</param>
/// <param name="Cases">Cases in it; of a sweep, blocks of 256 code points.</param>
/// <param name="IdsDifferent">Cases whose ids, number of windows, decoded text or refusal differ.</param>
/// <param name="OffsetsDifferent">Cases whose places differ.</param>
/// <param name="WordIdsDifferent">Cases whose word numbers differ.</param>
/// <param name="OtherDifferent">Cases whose type ids, token texts or masks differ.</param>
/// <param name="FirstDifference">The first case that differs, in words; null where none does.</param>
internal sealed record TokenizerVerificationRow(
    string Name, int Cases, int IdsDifferent, int OffsetsDifferent, int WordIdsDifferent, int OtherDifferent, string? FirstDifference)
{
    /// <summary>Whether nothing differs.</summary>
    public bool Passed => IdsDifferent + OffsetsDifferent + WordIdsDifferent + OtherDifferent == 0;
}
