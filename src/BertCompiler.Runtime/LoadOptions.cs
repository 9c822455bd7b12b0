using BertCompiler.Kernels;
using BertCompiler.Weights;

namespace BertCompiler;

/// <summary>How a compiled model is loaded.</summary>
public sealed record LoadOptions
{
    private readonly int? _maxThreads;

    /// <summary>The file of packed weights; null: the one that the build put beside the program (or into it).</summary>
    public string? WeightsPath { get; init; }

    /// <summary>
    /// <see cref="Truncation.Error"/>: no call of this model leaves out a part of a text; each behaves as if it was told so itself, and says by
    /// a <see cref="Tokenization.TruncationException"/> how long the text is. <see cref="Truncation.Right"/>: each call decides. A tokenizer
    /// that is used by itself does what it is told.
    /// </summary>
    public Truncation Truncation { get; init; }

    /// <summary>
    /// The most threads that a call of this model works on, the caller's included, 1 to 1024; the model then has threads of its own, which end
    /// with it. Null: those of <see cref="Crew"/>. Results have the same bits whatever the number.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1 or more than 1024.</exception>
    public int? MaxThreads
    {
        get => _maxThreads;
        init
        {
            if (value is { } threads) Crew.CheckThreads(threads, nameof(MaxThreads));
            _maxThreads = value;
        }
    }

    /// <summary>
    /// Threads that several models share, so that together they do not use more; null: those of the process, <see cref="Crew.Shared"/>, whose
    /// number the environment variable <c>BERTCOMPILER_MAX_THREADS</c> bounds. Not together with <see cref="MaxThreads"/>.
    /// </summary>
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
