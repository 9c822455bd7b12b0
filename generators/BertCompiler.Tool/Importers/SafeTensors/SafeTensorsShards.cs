using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Json;

namespace BertCompiler.Tool.Importers.SafeTensors;

/// <summary>
/// A checkpoint in several safetensors files with an index (transformers, <c>model.safetensors.index.json</c>: <c>weight_map</c> says which
/// file holds which tensor).
/// </summary>
internal sealed class SafeTensorsShards : ICheckpoint
{
    private const int MostShards = 10_000;

    private readonly List<SafeTensorsFile> _shards = [];
    private readonly Dictionary<string, SafeTensorsFile> _shardOf = new(StringComparer.Ordinal);

    private SafeTensorsShards()
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<TensorInfo> Tensors { get; private set; } = [];

    /// <summary>Opens the files that an index names; nothing outside the index's folder.</summary>
    /// <exception cref="ImportException">A path that leaves the folder, a missing or unsound shard, a tensor in two shards or in none.</exception>
    public static SafeTensorsShards Open(string indexPath)
    {
        ConfigNode index = JsonDocumentReader.ReadFile(indexPath, ProblemKinds.SafeTensorsHeader);
        if (index["weight_map"] is not { Kind: ConfigNodeKind.Map } map)
        {
            throw new ImportException(ProblemKinds.SafeTensorsHeader, indexPath, "'weight_map' must be an object of tensor names and file names", index.Line, index.Column);
        }

        foreach (KeyValuePair<string, ConfigNode> entry in map.Properties) CheckPath(entry, indexPath);
        var shards = new SafeTensorsShards();
        try
        {
            shards.OpenAll(map, indexPath);
            return shards;
        }
        catch
        {
            shards.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Read(TensorInfo tensor, long first, Span<float> destination) => _shardOf[tensor.Name].Read(tensor, first, destination);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SafeTensorsFile shard in _shards) shard.Dispose();
    }

    private static void CheckPath(KeyValuePair<string, ConfigNode> entry, string indexPath)
    {
        ConfigNode value = entry.Value;
        if (value.Kind != ConfigNodeKind.Text)
        {
            throw new ImportException(ProblemKinds.SafeTensorsHeader, indexPath, $"'weight_map': '{entry.Key}' must name a file, found {value.Describe()}", value.Line, value.Column);
        }

        if (!RelativePath.IsInside(value.Text))
        {
            throw new ImportException(ProblemKinds.PathEscape, indexPath, $"'weight_map': '{entry.Key}' names {value.Describe()}, which does not stay inside the model folder", value.Line, value.Column);
        }
    }

    private void OpenAll(ConfigNode map, string indexPath)
    {
        string folder = Path.GetDirectoryName(indexPath) ?? "";
        var opened = new Dictionary<string, SafeTensorsFile>(StringComparer.Ordinal);
        foreach (ConfigNode value in map.Properties.Select(p => p.Value))
        {
            if (opened.ContainsKey(value.Text)) continue;
            if (opened.Count == MostShards) throw new ImportException(ProblemKinds.SafeTensorsHeader, indexPath, $"'weight_map' names more than {MostShards} files");
            string path = Path.Combine(folder, value.Text);
            if (!File.Exists(path))
            {
                throw new ImportException(ProblemKinds.WeightsMissing, indexPath, $"the file '{value.Text}', which 'weight_map' names, is not there", value.Line, value.Column);
            }

            SafeTensorsFile shard = SafeTensorsFile.Open(path);
            _shards.Add(shard);
            opened.Add(value.Text, shard);
            AddTensors(shard);
        }

        foreach (KeyValuePair<string, ConfigNode> entry in map.Properties)
        {
            if (opened[entry.Value.Text].Find(entry.Key) is null)
            {
                throw new ImportException(ProblemKinds.TensorMissing, indexPath, $"'{entry.Key}' should be in '{entry.Value.Text}', and is not", entry.Value.Line, entry.Value.Column);
            }
        }

        Tensors = [.. _shards.SelectMany(s => s.Tensors)];
    }

    private void AddTensors(SafeTensorsFile shard)
    {
        foreach (TensorInfo tensor in shard.Tensors)
        {
            if (_shardOf.TryAdd(tensor.Name, shard)) continue;
            throw new ImportException(ProblemKinds.SafeTensorsDuplicate, shard.FilePath, $"'{tensor.Name}' is in this file and in '{Path.GetFileName(_shardOf[tensor.Name].FilePath)}'");
        }
    }
}
