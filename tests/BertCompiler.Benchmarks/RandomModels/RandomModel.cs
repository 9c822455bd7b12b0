using System.Text;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Benchmarks.RandomModels;

/// <summary>A model folder with random weights, the same in every run: speed does not depend on what a model has learnt.</summary>
internal sealed class RandomModel
{
    private readonly Dictionary<string, float[]> _values = new(StringComparer.Ordinal);
    private readonly List<TensorDeclaration> _tensors = [];
    private readonly Random _random = new(5);

    /// <summary>The tensors so far.</summary>
    public IReadOnlyDictionary<string, float[]> Values => _values;

    /// <summary>Adds a tensor of normally distributed numbers.</summary>
    public void Normal(string name, double deviation, params long[] shape) => Add(name, shape, () => (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble())));

    /// <summary>Adds a tensor of ones.</summary>
    public void Ones(string name, params long[] shape) => Add(name, shape, () => 1);

    /// <summary>Adds a tensor of zeros.</summary>
    public void Zeros(string name, params long[] shape) => Add(name, shape, () => 0);

    /// <summary>Writes config.json and model.safetensors.</summary>
    public void Save(string folder, string config)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "config.json"), config, new UTF8Encoding(false));
        using var file = new SafeTensorsOutput(Path.Combine(folder, "model.safetensors"), _tensors, "pt");
        for (int i = 0; i < _tensors.Count; i++) file.Write(i, 0, _values[_tensors[i].Name]);
        file.Commit();
    }

    private void Add(string name, long[] shape, Func<float> next)
    {
        var declaration = new TensorDeclaration(name, new(shape));
        var values = new float[declaration.Elements];
        for (int i = 0; i < values.Length; i++) values[i] = next();
        _tensors.Add(declaration);
        _values.Add(name, values);
    }
}
