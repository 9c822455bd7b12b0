namespace SemanticSearch;

/// <summary>The command line, understood.</summary>
internal sealed record SearchOptions
{
    /// <summary>Questions to answer; none: they are asked for.</summary>
    public required IReadOnlyList<string> Queries { get; init; }

    /// <summary>Files and folders to search.</summary>
    public required IReadOnlyList<string> Places { get; init; }

    /// <summary>Passages shown for each question.</summary>
    public required int Top { get; init; }

    /// <summary>One JSON object for each question instead of text for people.</summary>
    public required bool Json { get; init; }

    /// <summary>The index file; null: one in the user's cache folder that belongs to these places.</summary>
    public string? IndexPath { get; init; }

    /// <summary>Whether an index that is there is passed over.</summary>
    public bool Rebuild { get; init; }
}
