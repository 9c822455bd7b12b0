using BertCompiler.Kernels;

namespace BertCompiler;

/// <summary>How a compiled model is loaded.</summary>
public sealed class LoadOptions
{
    /// <summary>The file of packed weights; null: the one that the build put beside the program (or into it).</summary>
    public string? WeightsPath { get; init; }

    /// <summary>The threads that large calls are spread over; null: <see cref="Crew.Shared"/>.</summary>
    public Crew? Crew { get; init; }
}
