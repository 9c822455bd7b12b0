namespace BertCompiler.Tool.Tokenizers.Verification;

/// <summary>What comparing one file of cases gave. A case counts once in each column in which it differs.</summary>
/// <param name="Name">The file.</param>
/// <param name="Cases">Cases in it; of a sweep, blocks of 256 code points.</param>
internal sealed record TokenizerVerificationRow(string Name, int Cases)
{
    /// <summary>Cases whose ids, number of windows or refusal differ.</summary>
    public int IdsDifferent { get; init; }

    /// <summary>Cases whose places differ.</summary>
    public int OffsetsDifferent { get; init; }

    /// <summary>Cases whose word numbers differ.</summary>
    public int WordIdsDifferent { get; init; }

    /// <summary>Cases whose type ids, token texts or masks differ.</summary>
    public int OtherDifferent { get; init; }

    /// <summary>Cases whose decoded text differs.</summary>
    public int DecodedDifferent { get; init; }

    /// <summary>Cases that are cut otherwise with the same score, which is no difference.</summary>
    public int Ties { get; init; }

    /// <summary>The first case that differs, in words; null where none does.</summary>
    public string? FirstDifference { get; init; }

    /// <summary>Whether nothing differs.</summary>
    public bool Passed => IdsDifferent + OffsetsDifferent + WordIdsDifferent + OtherDifferent + DecodedDifferent == 0;

    /// <summary>The columns in words.</summary>
    public string Summary => $"{Cases} cases; different: {IdsDifferent} ids, {OffsetsDifferent} offsets, {WordIdsDifferent} word ids, {DecodedDifferent} decoded, {OtherDifferent} other"
        + (Ties > 0 ? $"; {Ties} cut otherwise with the same score" : "");

    /// <summary>All rows in one.</summary>
    public static TokenizerVerificationRow Sum(IReadOnlyList<TokenizerVerificationRow> rows) => new("", rows.Sum(r => r.Cases))
    {
        IdsDifferent = rows.Sum(r => r.IdsDifferent),
        OffsetsDifferent = rows.Sum(r => r.OffsetsDifferent),
        WordIdsDifferent = rows.Sum(r => r.WordIdsDifferent),
        OtherDifferent = rows.Sum(r => r.OtherDifferent),
        DecodedDifferent = rows.Sum(r => r.DecodedDifferent),
        Ties = rows.Sum(r => r.Ties),
    };
}
