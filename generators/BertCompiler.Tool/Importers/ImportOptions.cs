namespace BertCompiler.Tool.Importers;

/// <summary>What an import may be told beyond the folder.</summary>
internal sealed record ImportOptions
{
    /// <summary>Nothing.</summary>
    public static ImportOptions Default { get; } = new();

    /// <summary>The Hugging Face class to compile, <c>BertModel</c>; null: the one that the folder implies.</summary>
    public string? Architecture { get; init; }

    /// <summary>The file of weights to read, relative to the folder; null: the one that the folder means.</summary>
    public string? Weights { get; init; }

    /// <summary>Whether the numbers will be read, and not only what is said about them.</summary>
    public bool ReadsNumbers { get; init; } = true;

    /// <summary>Receives the part of the opening that is done, 0…1, where opening reads much.</summary>
    public IProgress<double>? Opening { get; init; }

    /// <summary>Ends the opening early.</summary>
    public CancellationToken Cancellation { get; init; }
}
