using BertCompiler.Core.Families;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.Onnx;

namespace BertCompiler.Compiler.Tests.Importing.Onnx.Recovery;

/// <summary>The activation is the one that the graph computes, in the forms in which exporters write transformers' activations.py.</summary>
public sealed class ActivationReaderTest
{
    private static readonly Dictionary<string, (Activation? Expected, Func<OnnxWriter, string, string> Write)> Forms = new(StringComparer.Ordinal)
    {
        ["relu"] = (Activation.Relu, (g, x) => g.Node("Relu", [x])),
        ["tanh"] = (Activation.Tanh, (g, x) => g.Node("Tanh", [x])),
        ["sigmoid"] = (Activation.Sigmoid, (g, x) => g.Node("Sigmoid", [x])),
        ["linear"] = (Activation.Identity, (_, x) => x),
        ["silu"] = (Activation.Silu, (g, x) => g.Node("Mul", [x, g.Node("Sigmoid", [x])])),
        ["quick_gelu"] = (Activation.QuickGelu, (g, x) => g.Node("Mul", [x, g.Node("Sigmoid", [g.Node("Mul", [x, g.Float(1.702f)])])])),
        ["gelu_new"] = (Activation.GeluTanh, NewGelu),
        ["gelu_fast"] = (Activation.GeluFast, FastGelu),
        ["Gelu"] = (Activation.GeluErf, (g, x) => g.Node("Gelu", [x])),
        ["Gelu, tanh"] = (Activation.GeluTanh, (g, x) => g.Node("Gelu", [x], ("approximate", "tanh"))),
        ["FastGelu"] = (Activation.GeluTanh, (g, x) => g.Node("com.microsoft", "FastGelu", [x])),
        ["relu2"] = (Activation.SquaredRelu, Squared),
        ["relu6"] = (Activation.Relu6, (g, x) => g.Node("Clip", [x, g.Float(0), g.Float(6)])),
        ["mish"] = (Activation.Mish, (g, x) => g.Node("Mul", [x, g.Node("Tanh", [g.Node("Softplus", [x])])])),
        ["another constant"] = (null, (g, x) => g.Node("Mul", [x, g.Node("Erf", [g.Node("Mul", [x, g.Float(0.9f)])])])),
        ["another operator"] = (null, (g, x) => g.Node("Abs", [x])),
    };

    public static TheoryData<string> Names() => new(Forms.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_graphs_activation_is_read(string name)
    {
        var model = new TinyModel();
        (Activation? expected, Func<OnnxWriter, string, string> write) = Forms[name];
        var export = new ExportedGraph(BertFamily.Description, model.Tensors, model.Heads) { Activation = write };
        export.WriteEncoder();
        using var folder = new TemporaryFolder();
        export.Graph.Save(folder["model.onnx"]);
        ByteSource source = ByteSource.Open(folder["model.onnx"], ProblemKinds.WeightsMissing);
        var context = new CheckpointContext(new ProblemList());
        if (expected is null)
        {
            ImportException error = Assert.Throws<ImportException>(() => new OnnxFormat().Open(source, context));
            Assert.Equal(ProblemKinds.OnnxUnsupported, error.Problem.Kind);
            return;
        }

        using ICheckpoint found = new OnnxFormat().Open(source, context);
        Assert.Equal(expected, found.Facts.Activation);
    }

    private static string NewGelu(OnnxWriter g, string x)
    {
        string cube = g.Node("Mul", [g.Node("Pow", [x, g.Float(3)]), g.Float(0.044715f)]);
        string tanh = g.Node("Tanh", [g.Node("Mul", [g.Node("Add", [x, cube]), g.Float(0.7978846f)])]);
        return g.Node("Mul", [g.Node("Mul", [x, g.Float(0.5f)]), g.Node("Add", [tanh, g.Float(1)])]);
    }

    private static string FastGelu(OnnxWriter g, string x)
    {
        string square = g.Node("Mul", [g.Node("Mul", [x, g.Float(0.044715f)]), x]);
        string inner = g.Node("Mul", [g.Node("Mul", [x, g.Float(0.7978846f)]), g.Node("Add", [square, g.Float(1)])]);
        return g.Node("Mul", [g.Node("Mul", [x, g.Float(0.5f)]), g.Node("Add", [g.Node("Tanh", [inner]), g.Float(1)])]);
    }

    private static string Squared(OnnxWriter g, string x)
    {
        string relu = g.Node("Relu", [x]);
        return g.Node("Mul", [relu, relu]);
    }
}
