using BertCompiler.Core.Config;
using BertCompiler.Core.Families;
using BertCompiler.Core.Problems;
using BertCompiler.Testing;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.Onnx;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Compiler.Tests.Importing.Onnx.Recovery;

/// <summary>Parameters and facts are found in graphs of every family and form, with the bits that were put in.</summary>
public sealed class GraphRecoveryTest
{
    public static TheoryData<string, MatrixStyle, bool> Families()
    {
        var data = new TheoryData<string, MatrixStyle, bool>();
        foreach (string model in new[] { "bert_base_pooler", "bert_tokcls", "roberta_base_nopooler", "distilbert_base", "electra_base", "electra_base_same_size", "mpnet_base_pooler", "xlmr_base" })
        {
            data.Add(model, MatrixStyle.MatMul, true);
            data.Add(model, MatrixStyle.TransposeNode, false);
            data.Add(model, MatrixStyle.Gemm, true);
        }

        return data;
    }

    public static TheoryData<MatrixStyle, bool> Rounded()
    {
        var data = new TheoryData<MatrixStyle, bool>();
        foreach (MatrixStyle style in Enum.GetValues<MatrixStyle>().Where(s => s >= MatrixStyle.Integers))
        {
            data.Add(style, false);
            data.Add(style, true);
        }

        return data;
    }

    [SharedTheory]
    [MemberData(nameof(Families))]
    public void Every_parameter_has_its_name_and_bits(string model, MatrixStyle style, bool splitNorms)
    {
        string folder = SharedData.Require("golden", "models", model);
        (ModelConfig config, Dictionary<string, (long[] Shape, float[] Values)> tensors) = Load(folder);
        var export = new ExportedGraph(config.Family, tensors, config.Heads) { Style = style, SplitNorms = splitNorms, Epsilon = (float)config.Epsilon, PadId = config.PadTokenId };
        string states = export.WriteEncoder();
        if (tensors.ContainsKey("classifier.bias")) export.Linear("classifier", states);
        export.Graph.Output("logits", 3);
        using ICheckpoint found = Open(export, out IReadOnlyList<Problem> problems);
        Assert.Empty(problems);
        AssertSame(tensors, found, n => n.Contains("pooler", StringComparison.Ordinal) ? null : n);
    }

    [Theory]
    [MemberData(nameof(Rounded))]
    public void Quantised_parameters_are_what_they_stand_for(MatrixStyle style, bool quantizedTables)
    {
        var model = new TinyModel();
        var export = new ExportedGraph(BertFamily.Description, model.Tensors, model.Heads) { Style = style, QuantizedTables = quantizedTables };
        export.WriteEncoder();
        Assert.NotEmpty(export.Quantized);
        using ICheckpoint found = Open(export, out IReadOnlyList<Problem> problems);
        Problem warning = Assert.Single(problems);
        Assert.Equal(ProblemKinds.WeightsDequantized, warning.Kind);
        Assert.Contains($"{export.Quantized.Count} of {model.Tensors.Count}", warning.ToString(), StringComparison.Ordinal);
        Dictionary<string, (long[] Shape, float[] Values)> expected = model.Tensors.ToDictionary(t => t.Key, t => (t.Value.Shape, export.Quantized.GetValueOrDefault(t.Key) ?? t.Value.Values));
        AssertSame(expected, found, n => n);
    }

    [Theory]
    [InlineData("0.auto_model.", "")]
    [InlineData("model.bert.", "bert.")]
    [InlineData("bert.", "bert.")]
    public void What_stands_before_every_name_is_taken_off(string written, string kept)
    {
        var model = new TinyModel();
        var export = new ExportedGraph(BertFamily.Description, model.Tensors, model.Heads) { Rename = n => written + n };
        export.WriteEncoder();
        using ICheckpoint found = Open(export, out _);
        AssertSame(model.Tensors, found, n => kept + n);
    }

    [Theory]
    [InlineData(MatrixStyle.MatMul)]
    [InlineData(MatrixStyle.FourBits)]
    public void Lost_names_are_found_by_structure(MatrixStyle style)
    {
        var model = new TinyModel();
        int number = 0;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var export = new ExportedGraph(BertFamily.Description, model.Tensors, model.Heads)
        {
            Style = style,
            Rename = n => names.TryGetValue(n, out string? given) ? given : names[n] = $"onnx::t_{number++}",
        };
        export.WriteEncoder();
        using ICheckpoint found = Open(export, out _);
        AssertSame(model.Tensors.ToDictionary(t => t.Key, t => (t.Value.Shape, export.Quantized.GetValueOrDefault(t.Key) ?? t.Value.Values)), found, n => n);
    }

    [Fact]
    public void Names_that_contradict_their_places_are_refused()
    {
        var model = new TinyModel();
        const string query = "encoder.layer.0.attention.self.query.bias";
        const string key = "encoder.layer.0.attention.self.key.bias";
        var export = new ExportedGraph(BertFamily.Description, model.Tensors, model.Heads) { Rename = n => n == query ? key : n == key ? query : n };
        export.WriteEncoder();
        ImportException error = Assert.Throws<ImportException>(() => Open(export, out _));
        Assert.Equal(ProblemKinds.OnnxUnsupported, error.Problem.Kind);
        Assert.Contains(query, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Residuals_from_before_a_norm_are_refused()
    {
        var model = new TinyModel();
        var export = new ExportedGraph(BertFamily.Description, model.Tensors, model.Heads) { NormFirst = true };
        export.WriteEncoder();
        ImportException error = Assert.Throws<ImportException>(() => Open(export, out _));
        Assert.Equal(ProblemKinds.OnnxUnsupported, error.Problem.Kind);
        Assert.Contains("layer 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_operators_are_refused_by_name_and_number()
    {
        var model = new TinyModel();
        var export = new ExportedGraph(BertFamily.Description, model.Tensors, model.Heads);
        string states = export.WriteEncoder();
        for (int i = 0; i < 3; i++) export.Graph.Node("Conv", [states, "embeddings.word_embeddings.weight"]);
        ImportException error = Assert.Throws<ImportException>(() => Open(export, out _));
        Assert.Equal(ProblemKinds.OnnxUnsupported, error.Problem.Kind);
        Assert.Contains("Conv (3, the first 'Conv_", error.Message, StringComparison.Ordinal);
    }

    private static ICheckpoint Open(ExportedGraph export, out IReadOnlyList<Problem> problems)
    {
        using var folder = new TemporaryFolder();
        string path = folder["model.onnx"];
        export.Graph.Save(path);
        var list = new ProblemList();
        ICheckpoint checkpoint = new OnnxFormat().Open(ByteSource.Of(new MemoryStream(File.ReadAllBytes(path)), path), new CheckpointContext(list));
        problems = list.Items;
        return checkpoint;
    }

    private static (ModelConfig Config, Dictionary<string, (long[] Shape, float[] Values)> Tensors) Load(string folder)
    {
        string file = Path.Combine(folder, "config.json");
        ModelConfig config = ConfigReader.Read(Tool.Importers.Json.JsonDocumentReader.ReadFile(file, ProblemKinds.ConfigMalformed), file, null, false, new ProblemList())!;
        using ICheckpoint checkpoint = new SafeTensorsFormat().Open(ByteSource.Open(Path.Combine(folder, "model.safetensors"), ProblemKinds.WeightsMissing), new CheckpointContext(new ProblemList()));
        return (config, checkpoint.Tensors.Where(t => TensorDtypes.IsWeight(t.Dtype)).ToDictionary(t => t.Name, t => (t.Shape.ToArray(), Read(checkpoint, t)), StringComparer.Ordinal));
    }

    private static float[] Read(ICheckpoint checkpoint, TensorInfo tensor)
    {
        var values = new float[tensor.Elements];
        checkpoint.Read(tensor, 0, values);
        return values;
    }

    private static void AssertSame(IReadOnlyDictionary<string, (long[] Shape, float[] Values)> expected, ICheckpoint found, Func<string, string?> rename)
    {
        foreach ((string name, (long[] shape, float[] values)) in expected)
        {
            if (rename(name) is not { } renamed) continue;
            TensorInfo tensor = Assert.Single(found.Tensors, t => t.Name == renamed);
            Assert.Equal(shape, tensor.Shape);
            Assert.True(values.AsSpan().SequenceEqual(Read(found, tensor)), $"'{name}' has other numbers");
        }
    }
}
