using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers;

/// <summary>Several files of weights as one: the model's own, and those of the modules behind it. Names may repeat; a tensor knows its file.</summary>
internal sealed class CheckpointSet : ICheckpoint
{
    private readonly IReadOnlyList<ICheckpoint> _parts;
    private readonly Dictionary<TensorInfo, ICheckpoint> _owners = [];

    public CheckpointSet(params IReadOnlyList<ICheckpoint> parts)
    {
        _parts = parts;
        foreach (ICheckpoint part in parts)
        {
            foreach (TensorInfo tensor in part.Tensors) _owners[tensor] = part;
        }
    }

    public IReadOnlyList<TensorInfo> Tensors => [.. _parts.SelectMany(p => p.Tensors)];

    /// <summary>Those of the model's own weights.</summary>
    public CheckpointFacts Facts => _parts[0].Facts;

    public void Read(TensorInfo tensor, long first, Span<float> destination) => _owners[tensor].Read(tensor, first, destination);

    public void Dispose()
    {
        foreach (ICheckpoint part in _parts) part.Dispose();
    }
}
