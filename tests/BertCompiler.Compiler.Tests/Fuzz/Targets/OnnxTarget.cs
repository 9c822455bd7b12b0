using BertCompiler.Compiler.Tests.Fuzz.Engine;
using BertCompiler.Tool.Importers.Onnx;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>An ONNX file; numbers that lie outside it are zeros.</summary>
internal sealed class OnnxTarget : CheckpointTarget
{
    private const int ExternalBytes = 160_000;

    public OnnxTarget() : base("onnx", new OnnxFormat(), "model.onnx", MakeSeeds())
    {
        File.WriteAllBytes(Path.Combine(Folder, "model.onnx_data"), new byte[ExternalBytes]);
    }

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[]
        {
            "MatMul", "Gemm", "LayerNormalization", "SkipLayerNormalization", "EmbedLayerNormalization", "Attention", "MultiHeadAttention", "FastGelu", "BiasGelu", "Gelu", "Erf", "Softmax", "Gather",
            "Transpose", "Reshape", "Add", "Constant", "ConstantOfShape", "If", "Loop", "DynamicQuantizeLinear", "MatMulInteger", "QAttention", "DequantizeLinear", "Identity", "Cast", "com.microsoft",
            "bert.encoder.layer.0.attention.self.query.weight", "_quantized", "_scale", "_zero_point", "location", "offset", "length", "model.onnx_data", "../x", "perm", "axis", "num_heads",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    public override IFuzzGrammar Grammar => ProtobufGrammar.Instance;

    public override int BoundedRuns => 1000;

    private static IEnumerable<byte[]> MakeSeeds() =>
    [
        SmallOnnx.Make(), .. GoldenSeeds.Find("models", "fmt_base_onnx_", "*.onnx"), .. GoldenSeeds.Find("models", "fmt_pt_onnx_legacy", "*.onnx"), .. GoldenSeeds.Find("hostile", "onnx_", "*.onnx"),
    ];
}
