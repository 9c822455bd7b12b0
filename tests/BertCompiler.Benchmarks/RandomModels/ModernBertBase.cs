using BertCompiler.Compiler.Tests.Importing.Onnx.Recovery;

namespace BertCompiler.Benchmarks.RandomModels;

/// <summary>ModernBERT of the base size (Warner et al. 2024, table 4) with random weights: as a folder, and as the graph that an export gives.</summary>
internal sealed class ModernBertBase
{
    private const int Hidden = 768, Heads = 12, HeadSize = 64, FeedForward = 1152, Layers = 22, Vocabulary = 50_368, Positions = 8192, Window = 64;

    private readonly RandomModel _model = new();
    private readonly OnnxWriter _graph = new();

    /// <summary>Writes the folder, with model.onnx beside the weights.</summary>
    public static void Save(string folder) => new ModernBertBase().Write(folder);

    private void Write(string folder)
    {
        AddWeights();
        _model.Save(folder, FormattableString.Invariant($$"""
            {
              "model_type": "modernbert", "architectures": ["ModernBertModel"], "hidden_size": {{Hidden}}, "num_attention_heads": {{Heads}}, "intermediate_size": {{FeedForward}},
              "num_hidden_layers": {{Layers}}, "vocab_size": {{Vocabulary}}, "max_position_embeddings": {{Positions}}, "local_attention": {{2 * Window}}, "global_attn_every_n_layers": 3,
              "global_rope_theta": 160000.0, "local_rope_theta": 10000.0, "hidden_activation": "gelu", "norm_eps": 1e-5, "pad_token_id": 50283
            }
            """));
        WriteGraph();
        _graph.Save(Path.Combine(folder, "model.onnx"));
    }

    private void AddWeights()
    {
        const double deviation = 0.02;
        _model.Normal("model.embeddings.tok_embeddings.weight", deviation, Vocabulary, Hidden);
        _model.Ones("model.embeddings.norm.weight", Hidden);
        for (int layer = 0; layer < Layers; layer++)
        {
            if (layer > 0) _model.Ones(Name(layer, "attn_norm"), Hidden);
            _model.Normal(Name(layer, "attn.Wqkv"), deviation, 3 * Hidden, Hidden);
            _model.Normal(Name(layer, "attn.Wo"), deviation, Hidden, Hidden);
            _model.Ones(Name(layer, "mlp_norm"), Hidden);
            _model.Normal(Name(layer, "mlp.Wi"), deviation, 2 * FeedForward, Hidden);
            _model.Normal(Name(layer, "mlp.Wo"), deviation, Hidden, FeedForward);
        }

        _model.Ones("model.final_norm.weight", Hidden);
    }

    private void WriteGraph()
    {
        _graph.Input("input_ids", 2);
        _graph.Input("attention_mask", 2);
        string words = _graph.Floats("words", [Vocabulary, Hidden], _model.Values["model.embeddings.tok_embeddings.weight"]);
        string x = Norm("embeddings.norm", _graph.Node("Gather", [words, "input_ids"]));
        string length = _graph.Node("Slice", [_graph.Node("Shape", ["input_ids"]), _graph.Longs(1), _graph.Longs(2)]);
        string global = GlobalMask();
        string local = LocalMask(length, global);
        (string, string) globalAngles = Angles(160_000, length);
        (string, string) localAngles = Angles(10_000, length);
        for (int layer = 0; layer < Layers; layer++)
        {
            bool isGlobal = layer % 3 == 0;
            x = Layer(layer, x, isGlobal ? global : local, isGlobal ? globalAngles : localAngles);
        }

        Norm("final_norm", x);
        _graph.Nodes[^1].Output[0] = "last_hidden_state";
        _graph.Output("last_hidden_state", 3);
    }

    private string Layer(int layer, string x, string mask, (string Cos, string Sin) angles)
    {
        string normed = layer == 0 ? x : Norm($"layers.{layer}.attn_norm", x);
        string projected = Product(Name(layer, "attn.Wqkv"), normed, Hidden, 3 * Hidden);
        string[] parts = [.. Enumerable.Range(0, 3).Select(i => Part(projected, i * Hidden, (i + 1) * Hidden))];
        string[] heads = [.. parts.Select(part => _graph.Node("Transpose", [_graph.Node("Reshape", [part, _graph.Longs(0, 0, Heads, HeadSize)])], ("perm", new long[] { 0, 2, 1, 3 })))];
        string query = _graph.Node("Mul", [Rotated(heads[0], angles), _graph.Float(0.125f)]);
        string key = _graph.Node("Transpose", [Rotated(heads[1], angles)], ("perm", new long[] { 0, 1, 3, 2 }));
        string scores = _graph.Node("Softmax", [_graph.Node("Add", [_graph.Node("MatMul", [query, key]), mask])], ("axis", -1));
        string context = _graph.Node("Transpose", [_graph.Node("MatMul", [scores, heads[2]])], ("perm", new long[] { 0, 2, 1, 3 }));
        string joined = _graph.Node("Reshape", [context, _graph.Longs(0, 0, Hidden)]);
        string attended = _graph.Node("Add", [x, Product(Name(layer, "attn.Wo"), joined, Hidden, Hidden)]);
        string wide = Product(Name(layer, "mlp.Wi"), Norm($"layers.{layer}.mlp_norm", attended), Hidden, 2 * FeedForward);
        string gate = _graph.Node("com.microsoft", "Gelu", [Part(wide, 0, FeedForward)]);
        string gated = _graph.Node("Mul", [gate, Part(wide, FeedForward, 2 * FeedForward)]);
        return _graph.Node("Add", [attended, Product(Name(layer, "mlp.Wo"), gated, FeedForward, Hidden)]);
    }

    /// <summary>x·cos + (−second half, first half)·sin.</summary>
    private string Rotated(string x, (string Cos, string Sin) angles)
    {
        string turned = _graph.Node("Concat", [_graph.Node("Neg", [Part(x, HeadSize / 2, HeadSize)]), Part(x, 0, HeadSize / 2)], ("axis", -1));
        return _graph.Node("Add", [_graph.Node("Mul", [x, angles.Cos]), _graph.Node("Mul", [turned, angles.Sin])]);
    }

    private (string Cos, string Sin) Angles(double theta, string length)
    {
        float[] cos = new float[Positions * HeadSize], sin = new float[Positions * HeadSize];
        for (int i = 0; i < cos.Length; i++)
        {
            (int position, int column) = Math.DivRem(i, HeadSize);
            float frequency = 1f / (float)Math.Pow(theta, (float)(2 * (column % (HeadSize / 2))) / HeadSize);
            (double s, double c) = Math.SinCos(position * frequency);
            (sin[i], cos[i]) = ((float)s, (float)c);
        }

        string rows(string name, float[] values) => _graph.Node("Slice", [_graph.Floats(FormattableString.Invariant($"{name}{theta}"), [Positions, HeadSize], values), _graph.Longs(0), length, _graph.Longs(0)]);
        return (rows("cos", cos), rows("sin", sin));
    }

    private string GlobalMask()
    {
        string mask = _graph.Node("Unsqueeze", [_graph.Node("Cast", ["attention_mask"], ("to", 1)), _graph.Longs(1, 2)]);
        return _graph.Node("Mul", [_graph.Node("Sub", [_graph.Float(1), mask]), _graph.Float(-1e9f)]);
    }

    private string LocalMask(string length, string global)
    {
        string scalar = _graph.Node("Squeeze", [length]);
        string places = _graph.Node("Range", [_graph.Long(0), scalar, _graph.Long(1)]);
        string distance = _graph.Node("Abs", [_graph.Node("Sub", [_graph.Node("Unsqueeze", [places, _graph.Longs(1)]), _graph.Node("Unsqueeze", [places, _graph.Longs(0)])])]);
        string near = _graph.Node("LessOrEqual", [distance, _graph.Long(Window)]);
        return _graph.Node("Add", [_graph.Node("Where", [near, _graph.Float(0), _graph.Float(-1e9f)]), global]);
    }

    private string Part(string x, int first, int end) => _graph.Node("Slice", [x, _graph.Longs(first), _graph.Longs(end), _graph.Longs(-1)]);

    private string Product(string name, string x, int inputs, int outputs)
    {
        float[] values = _model.Values[name];
        var transposed = new float[values.Length];
        for (int n = 0; n < outputs; n++)
        {
            for (int k = 0; k < inputs; k++) transposed[(k * outputs) + n] = values[(n * inputs) + k];
        }

        return _graph.Node("MatMul", [x, _graph.Floats(name, [inputs, outputs], transposed)]);
    }

    private string Norm(string name, string x) =>
        _graph.Node("LayerNormalization", [x, _graph.Floats(name, [Hidden], _model.Values["model." + name + ".weight"])], ("axis", -1), ("epsilon", 1e-5f));

    private static string Name(int layer, string stem) => FormattableString.Invariant($"model.layers.{layer}.{stem}.weight");
}
