using BertCompiler.Compiler.Tests.Importing.Onnx.Recovery;
using BertCompiler.Core.Families;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>A graph that contradicts config.json where no tensor's shape would tell.</summary>
public sealed class ContradictionsTest
{
    [Theory]
    [InlineData(1e-12f, 6, null)]
    [InlineData(1e-5f, 6, "layer_norm_eps")]
    [InlineData(1e-12f, 3, "num_attention_heads")]
    public void Heads_and_epsilon_of_a_graph_are_held_against_config_json(float epsilon, int heads, string? field)
    {
        using var folder = new TemporaryFolder();
        var model = new TinyModel();
        model.SaveConfig(folder.Path);
        var export = new ExportedGraph(BertFamily.Description, model.Tensors, heads) { Epsilon = epsilon };
        export.Graph.Output(export.WriteEncoder(), 3);
        export.Graph.Save(folder["model.onnx"]);
        IReadOnlyList<Problem> problems = ModelImporter.Inspect(folder.Path).Problems;
        if (field is null) Assert.Empty(problems);
        else Assert.Contains(field, Assert.Single(problems, p => p.Kind == ProblemKinds.WeightsOverrideConfig).Message, StringComparison.Ordinal);
    }
}
