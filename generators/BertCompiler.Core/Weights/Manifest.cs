using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Weights;

/// <summary>
/// What an import leaves for the compiler: the validated model and the identity of its packed weights. Its text form is
/// <see cref="ManifestText"/>.
/// </summary>
public sealed record Manifest
{
    /// <summary>The model.</summary>
    public required ModelSpec Spec { get; init; }

    /// <summary>Where everything lies in the packed file, and what was decided about it.</summary>
    public required WeightPlan Weights { get; init; }

    /// <summary>SHA-256 of the packed file behind its header, 64 lower-case hexadecimal digits: the packed file's header has the same.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Bytes of the packed file.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Bytes of the tokenizer section; 0 where the model has none.</summary>
    public required long TokenizerBytes { get; init; }

    /// <summary>Number of parameters in the packed tensors, padding left out.</summary>
    public required long Parameters { get; init; }

    /// <summary>Dtype of the checkpoint, <c>fp16</c>; several are joined with <c>+</c>.</summary>
    public required string SourceDtype { get; init; }
}
