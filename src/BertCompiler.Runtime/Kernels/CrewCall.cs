namespace BertCompiler.Kernels;

/// <summary>What the kernels of one call run on: the threads, and what cancels the call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CrewCall
{
    private readonly CancellationToken _cancellation;

    internal CrewCall(Crew crew, CancellationToken cancellation) => (Crew, _cancellation) = (crew, cancellation);

    /// <summary>The threads.</summary>
    public Crew Crew { get; }

    /// <summary>Threads that work at once, the caller's included.</summary>
    internal int MaxThreads => Crew.MaxThreads;

    /// <summary>The register width of the kernels.</summary>
    internal SimdWidth Width => Crew.Width;

    /// <summary>A call that nothing cancels.</summary>
    public static implicit operator CrewCall(Crew crew) => FromCrew(crew);

    /// <summary>A call that nothing cancels.</summary>
    public static CrewCall FromCrew(Crew crew)
    {
        ArgumentNullException.ThrowIfNull(crew);
        return new(crew, CancellationToken.None);
    }

    /// <inheritdoc cref="Crew.Run{TKernel}"/>
    internal void Run<TKernel>(ref TKernel kernel, int items, bool worthSharing) where TKernel : struct, IKernel =>
        Crew.Run(ref kernel, items, worthSharing, _cancellation);
}
