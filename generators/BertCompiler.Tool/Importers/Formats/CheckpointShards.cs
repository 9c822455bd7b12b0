using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Json;

namespace BertCompiler.Tool.Importers.Formats;

/// <summary>
/// A checkpoint in several files with an index (transformers, <c>model.safetensors.index.json</c>, <c>pytorch_model.bin.index.json</c>:
/// <c>weight_map</c> says which file holds which tensor).
/// </summary>
internal sealed class CheckpointShards : ICheckpoint
{
    private const int MostShards = 10_000;

    private readonly List<ICheckpoint> _shards = [];
    private readonly Dictionary<string, (ICheckpoint Shard, string File)> _shardOf = new(StringComparer.Ordinal);

    private CheckpointShards()
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<TensorInfo> Tensors { get; private set; } = [];

    /// <inheritdoc/>
    public CheckpointFacts Facts => CheckpointFacts.None;

    /// <summary>Opens the files that an index names; nothing outside the index's folder.</summary>
    /// <param name="index">The index; it is not kept.</param>
    /// <param name="malformed">The kind of fault of a malformed index.</param>
    /// <param name="open">Opens one shard.</param>
    /// <exception cref="ImportException">A path that leaves the folder, a missing or unsound shard, a tensor in two shards or in none.</exception>
    public static CheckpointShards Open(ByteSource index, ProblemKind malformed, Func<ByteSource, ICheckpoint> open)
    {
        string file = index.FilePath;
        if (index.Length > ConfigLimits.FileBytes) throw new ImportException(malformed, file, $"{index.FileName} has {index.Length} bytes; at most {ConfigLimits.FileBytes} are read");
        byte[] text = index.ReadBeginning(ConfigLimits.FileBytes);
        ModelFile.RefuseLfsPointer(text, file);
        ConfigNode root = JsonDocumentReader.Parse(text, new JsonSource(file, malformed));
        if (root["weight_map"] is not { Kind: ConfigNodeKind.Map } map)
        {
            throw new ImportException(malformed, file, "'weight_map' must be an object of tensor names and file names", root.Line, root.Column);
        }

        foreach (KeyValuePair<string, ConfigNode> entry in map.Properties) CheckPath(entry, file, malformed);
        var shards = new CheckpointShards();
        try
        {
            shards.OpenAll(map, file, malformed, open);
            return shards;
        }
        catch
        {
            shards.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool HasNumbers(TensorInfo tensor) => _shardOf[tensor.Name].Shard.HasNumbers(tensor);

    /// <inheritdoc/>
    public void Read(TensorInfo tensor, long first, Span<float> destination) => _shardOf[tensor.Name].Shard.Read(tensor, first, destination);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ICheckpoint shard in _shards) shard.Dispose();
    }

    private static void CheckPath(KeyValuePair<string, ConfigNode> entry, string indexPath, ProblemKind malformed)
    {
        ConfigNode value = entry.Value;
        if (value.Kind != ConfigNodeKind.Text)
        {
            throw new ImportException(malformed, indexPath, $"'weight_map': '{entry.Key}' must name a file, found {value.Describe()}", value.Line, value.Column);
        }

        if (!RelativePath.IsInside(value.Text))
        {
            throw new ImportException(ProblemKinds.PathEscape, indexPath, $"'weight_map': '{entry.Key}' names {value.Describe()}, which does not stay inside the model folder", value.Line, value.Column);
        }
    }

    private void OpenAll(ConfigNode map, string indexPath, ProblemKind malformed, Func<ByteSource, ICheckpoint> open)
    {
        string folder = Path.GetDirectoryName(indexPath) ?? "";
        var opened = new HashSet<string>(StringComparer.Ordinal);
        foreach (ConfigNode value in map.Properties.Select(p => p.Value))
        {
            if (opened.Contains(value.Text)) continue;
            if (opened.Count == MostShards) throw new ImportException(malformed, indexPath, $"'weight_map' names more than {MostShards} files");
            string path = Path.Combine(folder, value.Text);
            if (!File.Exists(path))
            {
                throw new ImportException(ProblemKinds.WeightsMissing, indexPath, $"the file '{value.Text}', which 'weight_map' names, is not there", value.Line, value.Column);
            }

            ICheckpoint shard = open(ByteSource.Open(path, ProblemKinds.WeightsMissing));
            _shards.Add(shard);
            opened.Add(value.Text);
            AddTensors(shard, value.Text, path);
        }

        foreach (KeyValuePair<string, ConfigNode> entry in map.Properties)
        {
            if (_shardOf.TryGetValue(entry.Key, out (ICheckpoint, string File) shard) && shard.File == entry.Value.Text) continue;
            throw new ImportException(ProblemKinds.TensorMissing, indexPath, $"'{entry.Key}' should be in '{entry.Value.Text}', and is not", entry.Value.Line, entry.Value.Column);
        }

        Tensors = [.. _shards.SelectMany(s => s.Tensors)];
    }

    private void AddTensors(ICheckpoint shard, string file, string path)
    {
        foreach (TensorInfo tensor in shard.Tensors)
        {
            if (_shardOf.TryAdd(tensor.Name, (shard, file))) continue;
            throw new ImportException(ProblemKinds.SafeTensorsDuplicate, path, $"'{tensor.Name}' is in this file and in '{Path.GetFileName(_shardOf[tensor.Name].File)}'");
        }
    }
}
