using System.Runtime.InteropServices;
using System.Text.Json;
using BertCompiler.Testing;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;
using BertCompiler.Tool.Verification.Tasks;
using BertCompiler.Tool.Verification.Tasks.Replay;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>A task's folder of the shared data, with its tokenizer and its stored logits.</summary>
internal sealed class ReplayFolder : IDisposable
{
    /// <summary>The models' longest input.</summary>
    private const int MaxTokens = 128;

    private readonly ReplayWeights _weights;

    public ReplayFolder(string task, string name)
    {
        Folder = TaskFolder.Open(SharedData.Require("golden", "tasks", task, name));
        string model = Folder.Model();
        _weights = ReplayWeights.Read(model);
        JsonElement config = JsonRows.ReadFile(System.IO.Path.Combine(model, "config.json"));
        Facts = _weights.Facts(name, config.GetProperty("vocab_size").GetInt32(), MaxTokens);
        Head = new HeadFacts { Labels = Folder.Description.Find("labels")?.Texts() ?? [] };
    }

    public TaskFolder Folder { get; }

    public StoredLogits Logits { get; } = new();

    public ModelFacts Facts { get; }

    public HeadFacts Head { get; }

    public CaseTally Tally { get; } = new(TaskVerifier.Tolerance);

    /// <summary>Tensors of logits.safetensors whose names end so, by the part before.</summary>
    public IEnumerable<KeyValuePair<string, float[]>> Tensors(string ending)
    {
        using SafeTensorsFile file = SafeTensorsFile.Open(Folder.FileOf("logits.safetensors"));
        foreach (TensorInfo tensor in file.Tensors.Where(t => t.Name.EndsWith(ending, StringComparison.Ordinal))) yield return new(tensor.Name[..^ending.Length], file.ReadSingles(tensor));
    }

    /// <summary>Keeps the rows of all tensors whose names end so; padding is left out.</summary>
    public void Store(string output, string ending)
    {
        using BertCompiler.Weights.PackedWeights weights = Weights();
        int pad = BertCompiler.Tokenization.Tokenizer.Open(weights.Tokenizer, weights.TokenizerBytes, Facts.Pipeline!).PadId;
        foreach ((string key, float[] rows) in Tensors(ending))
        {
            ReadOnlySpan<int> padded = Integers(key + ".input_ids");
            ReadOnlySpan<int> ids = padded.TrimEnd(pad);
            Logits.Add(output, ids, rows[..(rows.Length / padded.Length * ids.Length)]);
        }
    }

    /// <summary>A tensor of 32-bit integers.</summary>
    public int[] Integers(string name)
    {
        using SafeTensorsFile file = SafeTensorsFile.Open(Folder.FileOf("logits.safetensors"));
        return MemoryMarshal.Cast<byte, int>(file.ReadBytes(file.Find(name)!)).ToArray();
    }

    public BertCompiler.Weights.PackedWeights Weights() => _weights.Open();

    /// <summary>Every case was compared, and all agree; near ties may come in another order.</summary>
    public void AssertAll(int cases)
    {
        Tally.End();
        Assert.Empty(Tally.Differences);
        Assert.Equal((cases, 0), (Tally.Cases, Tally.Different));
    }

    public void Dispose()
    {
        _weights.Dispose();
        Folder.Dispose();
    }
}
