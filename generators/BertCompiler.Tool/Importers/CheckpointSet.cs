using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers;

/// <summary>Several files of weights as one: the model's own, and those of the modules behind it. Names may repeat; a tensor knows its file.</summary>
internal sealed class CheckpointSet : ICheckpoint
{
    private readonly Dictionary<TensorInfo, ICheckpoint> _owners = [];

    public CheckpointSet(params IReadOnlyList<ICheckpoint> parts)
    {
        Parts = parts;
        foreach (ICheckpoint part in parts)
        {
            foreach (TensorInfo tensor in part.Tensors) _owners[tensor] = part;
        }
    }

    /// <summary>The files; the model's own first.</summary>
    public IReadOnlyList<ICheckpoint> Parts { get; }

    public IReadOnlyList<TensorInfo> Tensors => [.. Parts.SelectMany(p => p.Tensors)];

    /// <summary>Those of the model's own weights.</summary>
    public CheckpointFacts Facts => Parts[0].Facts;

    public bool HasNumbers(TensorInfo tensor) => _owners[tensor].HasNumbers(tensor);

    public void Read(TensorInfo tensor, long first, Span<float> destination) => _owners[tensor].Read(tensor, first, destination);

    public void Dispose()
    {
        foreach (ICheckpoint part in Parts) part.Dispose();
    }
}
