namespace BertCompiler.Differential;

/// <summary>What a run compares.</summary>
internal sealed record DifferentialOptions
{
    /// <summary>The kinds of texts, or "all".</summary>
    public required string[] Kinds { get; init; }

    /// <summary>Tokenizers to run; none: those that a kind of texts is meant for.</summary>
    public string[] Names { get; init; } = [];

    /// <summary>Lines of real text for each tokenizer.</summary>
    public int Lines { get; init; }

    /// <summary>Texts by chance for each tokenizer.</summary>
    public int Random { get; init; }

    /// <summary>Begins the chance with.</summary>
    public int Seed { get; init; }

    /// <summary>Differences that are written out.</summary>
    public int Shown { get; init; }

    /// <summary>Folder that takes the differences as cases; null: none.</summary>
    public string? Cases { get; init; }

    /// <summary>Whether a kind of texts was asked for.</summary>
    public bool Runs(string kind) => Kinds.Contains(kind) || Kinds.Contains("all");

    /// <summary>The tokenizers to run.</summary>
    /// <param name="usual">Those that the kind of texts is meant for.</param>
    public string[] Tokenizers(string[] usual) => Names.Length > 0 ? Names : usual;
}
