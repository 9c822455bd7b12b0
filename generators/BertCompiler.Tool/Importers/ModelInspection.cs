using BertCompiler.Core.Plan;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Tool.Importers;

/// <summary>What a model folder holds, from its configuration and the headers of its weights.</summary>
internal sealed record ModelInspection
{
    /// <summary>The model; null where the configuration or the weights could not be read.</summary>
    public ModelSpec? Spec { get; init; }

    /// <summary>Where everything would lie in the packed file; null as <see cref="Spec"/>.</summary>
    public WeightPlan? Weights { get; init; }

    /// <summary>Number of parameters that compile.</summary>
    public long Parameters { get; init; }

    /// <summary>Bytes of the packed file, the tokenizer included.</summary>
    public long PackedBytes { get; init; }

    /// <summary>Bytes of the checkpoint's tensors that the model uses.</summary>
    public long SourceBytes { get; init; }

    /// <summary>Dtypes of the checkpoint, <c>fp16</c>; several are joined with <c>+</c>.</summary>
    public string SourceDtype { get; init; } = "";

    /// <summary>What is wrong.</summary>
    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>What a person may like to know and need not act on.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Whether the model compiles.</summary>
    public bool Succeeded => Spec is not null && Problems.All(p => p.Severity != Severity.Error);
}
