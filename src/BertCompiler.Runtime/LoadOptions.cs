using BertCompiler.Kernels;
using BertCompiler.Weights;

namespace BertCompiler;

/// <summary>How a compiled model is loaded.</summary>
public sealed class LoadOptions
{
    /// <summary>The file of packed weights; null: the one that the build put beside the program (or into it).</summary>
    public string? WeightsPath { get; init; }

    /// <summary>The threads that large calls are spread over; null: <see cref="Crew.Shared"/>.</summary>
    public Crew? Crew { get; init; }

    /// <summary>
    /// Whether loading reads all weights once and compares their SHA-256 with the one that the program was compiled for. Off by default: then
    /// only the header is read, and bytes that were damaged inside the file go unnoticed. It takes some 0.1 s for 100 MB.
    /// </summary>
    public bool VerifyContent
    {
        get => ContentVerifier is not null;
        init => ContentVerifier = value ? ContentCheck.Verify : null;
    }

    /// <summary>A delegate, so that a NativeAOT program that never asks for the check does not carry SHA-256.</summary>
    internal Action<nint, long, string, string>? ContentVerifier { get; private init; }
}
