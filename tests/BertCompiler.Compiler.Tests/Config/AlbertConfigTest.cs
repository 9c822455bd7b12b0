using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Compiler.Tests.Config;

/// <summary>What ALBERT's own fields of config.json mean.</summary>
public sealed class AlbertConfigTest
{
    private const string Sizes = """
        "model_type": "albert", "hidden_size": 8, "num_attention_heads": 2, "intermediate_size": 12, "vocab_size": 20, "max_position_embeddings": 10
        """;

    [Fact]
    public void What_is_left_out_has_the_default_of_transformers()
    {
        ModelConfig config = ConfigText.Read($$"""{"num_hidden_layers": 3, {{Sizes}}}""", out IReadOnlyList<Problem> problems)!;
        Assert.Empty(problems);
        Assert.Equal((Activation.GeluTanh, 1e-12, 128, 2), (config.Activation, config.Epsilon, config.EmbeddingWidth, config.TokenTypes));
        Assert.True(config.Embedding is { IsProjected: true, HasProjectionBias: true, NormFollowsProjection: false });
        Assert.Equal("0 0 0", Sets(config));
    }

    /// <summary>The product after the tables is there even where it changes no width.</summary>
    [Fact]
    public void Tables_as_wide_as_the_layers_are_projected_too() =>
        Assert.True(ConfigText.Read($$"""{"num_hidden_layers": 1, "embedding_size": 8, {{Sizes}}}""", out _)!.Embedding.IsProjected);

    /// <summary>Layer i runs group ⌊i/(L/G)⌋, all layers in it in turn.</summary>
    [Theory]
    [InlineData(4, 3, 1, "0 0 1 2")]
    [InlineData(12, 5, 1, "0 0 0 1 1 2 2 2 3 3 4 4")]
    [InlineData(4, 2, 2, "0 1 0 1 2 3 2 3")]
    [InlineData(3, 3, 1, "0 1 2")]
    [InlineData(2, 1, 3, "0 1 2 0 1 2")]
    public void Layers_share_weights_by_groups(int layers, int groups, int inner, string sets)
    {
        ModelConfig config = ConfigText.Read($$"""{"num_hidden_layers": {{layers}}, "num_hidden_groups": {{groups}}, "inner_group_num": {{inner}}, {{Sizes}}}""", out IReadOnlyList<Problem> problems)!;
        Assert.Empty(problems);
        Assert.Equal((sets, inner, groups * inner), (Sets(config), config.Layers.SetsInGroup, config.Layers.SetCount));
    }

    [Theory]
    [InlineData("\"num_hidden_groups\": 0", "config_out_of_range", "num_hidden_groups")]
    [InlineData("\"num_hidden_groups\": 3", "config_inconsistent", "num_hidden_groups")]
    [InlineData("\"num_hidden_groups\": 1025", "config_out_of_range", "num_hidden_groups")]
    [InlineData("\"inner_group_num\": 0", "config_out_of_range", "inner_group_num")]
    [InlineData("\"inner_group_num\": 513", "config_out_of_range", "inner_group_num")]
    [InlineData("\"inner_group_num\": \"2\"", "config_wrong_type", "inner_group_num")]
    [InlineData("\"position_embedding_type\": \"relative_key\"", "config_unsupported", "relative_key")]
    public void Fault_is_named(string field, string problemClass, string word) =>
        ConfigText.HasFault($$"""{"num_hidden_layers": 2, {{field}}, {{Sizes}}}""", problemClass, word);

    private static string Sets(ModelConfig config) => string.Join(" ", config.Layers.Uses.Select(u => u.Weights));
}
