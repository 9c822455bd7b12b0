using BertCompiler.Core.Spec;

namespace BertCompiler.Tool.Importers;

/// <summary>What an import may be told beyond the folder.</summary>
internal sealed record ImportOptions
{
    /// <summary>Nothing.</summary>
    public static ImportOptions Default { get; } = new();

    /// <summary>
    /// What is loaded: a Hugging Face class of the model's family, <c>BertForMaskedLM</c>, or <c>embedding</c> for a sentence embedder; null: what
    /// the folder means, its modules.json or else the first of <c>architectures</c>.
    /// </summary>
    public string? Head { get; init; }

    /// <summary>The file of weights to read, relative to the folder; null: the one that the folder means.</summary>
    public string? Weights { get; init; }

    /// <summary>What the numbers of packed matrices are.</summary>
    public ElementType Precision { get; init; }

    /// <summary>Whether the numbers will be read, and not only what is said about them.</summary>
    public bool ReadsNumbers { get; init; } = true;

    /// <summary>Receives the part of the opening that is done, 0…1, where opening reads much.</summary>
    public IProgress<double>? Opening { get; init; }

    /// <summary>Ends the opening early.</summary>
    public CancellationToken Cancellation { get; init; }
}
