namespace BertCompiler.Tool.Importers.Formats;

/// <summary>The tensors that a reader found, each with the place of its numbers.</summary>
internal sealed class Checkpoint : ICheckpoint
{
    private readonly IReadOnlyDictionary<string, TensorData> _data;
    private readonly IReadOnlyList<IDisposable> _owned;

    /// <param name="tensors">Every tensor, each name once, and its numbers. Tensors that are no weights need none: null.</param>
    /// <param name="facts">What the checkpoint says beside the tensors.</param>
    /// <param name="owned">What is closed with the checkpoint.</param>
    public Checkpoint(IEnumerable<(TensorInfo Tensor, TensorData? Data)> tensors, CheckpointFacts facts, params IReadOnlyList<IDisposable> owned)
    {
        var infos = new List<TensorInfo>();
        var data = new Dictionary<string, TensorData>(StringComparer.Ordinal);
        foreach ((TensorInfo tensor, TensorData? numbers) in tensors)
        {
            infos.Add(tensor);
            if (numbers is not null) data.Add(tensor.Name, numbers);
        }

        (Tensors, Facts, _data, _owned) = (infos, facts, data, owned);
    }

    public IReadOnlyList<TensorInfo> Tensors { get; }

    public CheckpointFacts Facts { get; }

    public bool HasNumbers(TensorInfo tensor) => _data.ContainsKey(tensor.Name);

    public void Read(TensorInfo tensor, long first, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, tensor.Elements - destination.Length);
        _data[tensor.Name].Read(first, destination);
    }

    public void Dispose()
    {
        foreach (IDisposable owned in _owned) owned.Dispose();
    }
}
