namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>Finds the state dict in what was saved: the value itself, or a part of a training state.</summary>
internal static class StateDict
{
    private const string Parallel = "module.";

    /// <summary>Under which names the trainers keep it: fairseq, Lightning, plain loops, DeepSpeed.</summary>
    private static readonly string[] Keys = ["model", "state_dict", "model_state_dict", "module"];

    /// <summary>The dictionary of tensors; null: there is none.</summary>
    public static PickleMap? Find(object? root)
    {
        if (root is not PickleMap map) return null;
        foreach (string key in Keys)
        {
            if (map[key] is PickleMap inner && HasTensors(inner)) return inner;
        }

        return HasTensors(map) ? map : null;
    }

    /// <summary>Its tensors by name; without <c>module.</c> where data parallelism put that before every name.</summary>
    public static IReadOnlyList<(string Name, PickleTensor Tensor)> Tensors(PickleMap map)
    {
        var tensors = new List<(string Name, PickleTensor Tensor)>();
        foreach ((object? key, object? value) in map.Entries)
        {
            if (key is string name && value is PickleTensor tensor) tensors.Add((name, tensor));
        }

        bool isParallel = tensors.TrueForAll(t => t.Name.StartsWith(Parallel, StringComparison.Ordinal));
        return isParallel ? [.. tensors.Select(t => (t.Name[Parallel.Length..], t.Tensor))] : tensors;
    }

    private static bool HasTensors(PickleMap map) => map.Entries.Any(e => e is { Key: string, Value: PickleTensor });
}
