using System.Buffers.Binary;
using System.Text;
using BertCompiler.Compiler.Tests.Importing.Onnx.Recovery;
using BertCompiler.Core.Families;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>A BERT encoder of any size whose weights are all zero and lie in a sparse file.</summary>
internal sealed class LargeModel(int hidden, int feedForward, int layers, int vocabulary)
{
    private const int Positions = 512;

    /// <summary>Its tensors under Hugging Face's names, in the order of the file.</summary>
    public IEnumerable<(string Name, long[] Shape)> Tensors
    {
        get
        {
            yield return ("embeddings.word_embeddings.weight", [vocabulary, hidden]);
            yield return ("embeddings.position_embeddings.weight", [Positions, hidden]);
            yield return ("embeddings.token_type_embeddings.weight", [2, hidden]);
            foreach (var norm in Norm("embeddings.LayerNorm")) yield return norm;
            for (int l = 0; l < layers; l++)
            {
                string layer = $"encoder.layer.{(uint)l}.";
                foreach (string name in new[] { "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense" })
                {
                    foreach (var tensor in Linear(layer + name, hidden, hidden)) yield return tensor;
                }

                foreach (var tensor in Norm(layer + "attention.output.LayerNorm")) yield return tensor;
                foreach (var tensor in Linear(layer + "intermediate.dense", feedForward, hidden)) yield return tensor;
                foreach (var tensor in Linear(layer + "output.dense", hidden, feedForward)) yield return tensor;
                foreach (var tensor in Norm(layer + "output.LayerNorm")) yield return tensor;
            }
        }
    }

    /// <summary>Writes config.json and model.safetensors.</summary>
    public void SaveSafeTensors(string folder)
    {
        SaveConfig(folder);
        var header = new StringBuilder("{");
        long at = 0;
        foreach ((string name, long[] shape) in Tensors)
        {
            long end = at + Bytes(shape);
            if (at > 0) header.Append(',');
            header.Append(System.Globalization.CultureInfo.InvariantCulture, $"\"{name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{at},{end}]}}");
            at = end;
        }

        header.Append('}');
        byte[] text = Encoding.UTF8.GetBytes(header.ToString());
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        using FileStream file = File.Create(Path.Combine(folder, "model.safetensors"));
        file.Write(length);
        file.Write(text);
        file.SetLength(file.Position + at);
    }

    /// <summary>Writes config.json, model.onnx and the tensors as its external data; matrices are [inputs, outputs] there.</summary>
    public void SaveOnnx(string folder)
    {
        SaveConfig(folder);
        var zeros = new Dictionary<long, float[]>();
        var tensors = new Dictionary<string, (long[] Shape, float[] Values)>(StringComparer.Ordinal);
        foreach ((string name, long[] shape) in Tensors)
        {
            long count = Bytes(shape) / sizeof(float);
            if (!zeros.TryGetValue(count, out float[]? values)) zeros.Add(count, values = new float[count]);
            tensors.Add(name, (shape, values));
        }

        var graph = new OnnxWriter { ExternalFile = "model.onnx_data" };
        graph.Output(new ExportedGraph(BertFamily.Description, tensors, hidden / 64, graph).WriteEncoder(), 3);
        graph.Save(Path.Combine(folder, "model.onnx"));
    }

    /// <summary>Bytes of a tensor of fp32.</summary>
    public static long Bytes(long[] shape) => shape.Aggregate(4L, (product, d) => product * d);

    /// <summary>Writes config.json.</summary>
    public void SaveConfig(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "config.json"), FormattableString.Invariant($$"""
            {
              "architectures": ["BertModel"], "model_type": "bert", "hidden_size": {{hidden}}, "num_attention_heads": {{hidden / 64}},
              "num_hidden_layers": {{layers}}, "intermediate_size": {{feedForward}}, "vocab_size": {{vocabulary}}, "max_position_embeddings": {{Positions}}
            }
            """));
    }

    private static IEnumerable<(string Name, long[] Shape)> Linear(string name, long outputs, long inputs) => [(name + ".weight", [outputs, inputs]), (name + ".bias", [outputs])];

    private IEnumerable<(string Name, long[] Shape)> Norm(string name) => [(name + ".weight", [hidden]), (name + ".bias", [hidden])];
}
