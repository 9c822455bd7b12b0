using System.Globalization;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>A small BERT encoder with made-up numbers, under the names of Hugging Face, that a test may spoil before it is saved.</summary>
internal sealed class TinyModel
{
    private readonly Random _random = new(1);

    public TinyModel(int hidden = 66, int heads = 6, int layers = 2, int feedForward = 50, int vocabulary = 21)
    {
        (Hidden, Heads, Layers, FeedForward, Vocabulary) = (hidden, heads, layers, feedForward, vocabulary);
        Fields = new(StringComparer.Ordinal)
        {
            ["architectures"] = """["BertModel"]""",
            ["model_type"] = "\"bert\"",
            ["hidden_size"] = Number(hidden),
            ["num_attention_heads"] = Number(heads),
            ["num_hidden_layers"] = Number(layers),
            ["intermediate_size"] = Number(feedForward),
            ["vocab_size"] = Number(vocabulary),
            ["max_position_embeddings"] = "10",
        };
        AddEncoder();
    }

    public int Hidden { get; }

    public int Heads { get; }

    public int Layers { get; }

    public int FeedForward { get; }

    public int Vocabulary { get; }

    /// <summary>config.json: names and JSON values.</summary>
    public Dictionary<string, string> Fields { get; }

    /// <summary>model.safetensors, values exact in bf16 and fp16.</summary>
    public Dictionary<string, (long[] Shape, float[] Values)> Tensors { get; } = new(StringComparer.Ordinal);

    public string Config => "{\n" + string.Join(",\n", Fields.Select(f => $"  \"{f.Key}\": {f.Value}")) + "\n}\n";

    public void Add(string name, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (p, d) => p * d)];
        for (int i = 0; i < values.Length; i++) values[i] = _random.Next(-127, 128) / 64f;
        Tensors[name] = (shape, values);
    }

    /// <summary>Renames every tensor.</summary>
    public void Rename(Func<string, string> rename)
    {
        var old = Tensors.ToArray();
        Tensors.Clear();
        foreach ((string name, (long[], float[]) tensor) in old) Tensors[rename(name)] = tensor;
    }

    public void Save(string folder, TensorDtype dtype = TensorDtype.F32)
    {
        SaveConfig(folder);
        SafeTensorsWriter.Write(Path.Combine(folder, "model.safetensors"), [.. Tensors.Select(t => Encode(t.Key, dtype))]);
    }

    /// <summary>Saves in shards; <paramref name="shardOf"/> gives a tensor's file name.</summary>
    public void SaveShards(string folder, Func<string, string> shardOf)
    {
        SaveConfig(folder);
        foreach (IGrouping<string, string> shard in Tensors.Keys.GroupBy(shardOf))
        {
            SafeTensorsWriter.Write(Path.Combine(folder, shard.Key), [.. shard.Select(name => Encode(name, TensorDtype.F32))]);
        }

        string map = string.Join(",\n", Tensors.Keys.Select(name => $"    \"{name}\": \"{shardOf(name)}\""));
        File.WriteAllText(Path.Combine(folder, "model.safetensors.index.json"), "{\n  \"weight_map\": {\n" + map + "\n  }\n}");
    }

    public void SaveConfig(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "config.json"), Config);
    }

    private TensorData Encode(string name, TensorDtype dtype)
    {
        (long[] shape, float[] values) = Tensors[name];
        return dtype switch
        {
            TensorDtype.F32 => TensorData.OfSingles(name, values, shape),
            TensorDtype.F16 => new TensorData(name, dtype, shape, values.SelectMany(v => BitConverter.GetBytes((Half)v)).ToArray()),
            TensorDtype.BF16 => new TensorData(name, dtype, shape, values.SelectMany(v => BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits(v) >> 16))).ToArray()),
            _ => throw new ArgumentOutOfRangeException(nameof(dtype)),
        };
    }

    private void AddEncoder()
    {
        long h = Hidden;
        Add("embeddings.word_embeddings.weight", Vocabulary, h);
        Add("embeddings.position_embeddings.weight", 10, h);
        Add("embeddings.token_type_embeddings.weight", 2, h);
        AddNorm("embeddings.LayerNorm");
        for (int l = 0; l < Layers; l++)
        {
            string layer = "encoder.layer." + Number(l);
            foreach (string projection in new[] { "query", "key", "value" }) AddLinear($"{layer}.attention.self.{projection}", h, h);
            AddLinear(layer + ".attention.output.dense", h, h);
            AddNorm(layer + ".attention.output.LayerNorm");
            AddLinear(layer + ".intermediate.dense", FeedForward, h);
            AddLinear(layer + ".output.dense", h, FeedForward);
            AddNorm(layer + ".output.LayerNorm");
        }
    }

    private void AddLinear(string stem, long outputs, long inputs)
    {
        Add(stem + ".weight", outputs, inputs);
        Add(stem + ".bias", outputs);
    }

    private void AddNorm(string stem)
    {
        Add(stem + ".weight", Hidden);
        Add(stem + ".bias", Hidden);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
