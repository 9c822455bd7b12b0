namespace BertCompiler.Differential;

/// <summary>What a run of one tokenizer over one kind of text found.</summary>
/// <param name="Tokenizer">Folder of the tokenizer.</param>
/// <param name="Kind">Kind of texts.</param>
internal sealed record Tally(string Tokenizer, string Kind)
{
    /// <summary>Differences that are kept to be shown.</summary>
    public const int MostKept = 5;

    /// <summary>Texts compared.</summary>
    public long Texts { get; set; }

    /// <summary>Tokens of those texts.</summary>
    public long Tokens { get; set; }

    /// <summary>Texts with other ids.</summary>
    public long Ids { get; set; }

    /// <summary>Texts with other ids whose scores add up to the same: several segmentations are best (unigram).</summary>
    public long Ties { get; set; }

    /// <summary>Texts with equal ids and other offsets.</summary>
    public long Offsets { get; set; }

    /// <summary>Texts with equal ids and other word numbers.</summary>
    public long Words { get; set; }

    /// <summary>Texts whose ids decode to another text.</summary>
    public long Decoded { get; set; }

    /// <summary>The first differences.</summary>
    public List<Difference> First { get; } = [];

    /// <summary>Whether everything is equal.</summary>
    public bool IsEqual => Ids + Offsets + Words + Decoded == 0;

    /// <summary>Whether another difference would be kept.</summary>
    public bool HasRoom => First.Count < MostKept;

    /// <summary>Keeps a difference, if it is not there yet.</summary>
    public void Keep(Difference difference)
    {
        if (HasRoom && First.TrueForAll(d => d.Text != difference.Text)) First.Add(difference);
    }
}
