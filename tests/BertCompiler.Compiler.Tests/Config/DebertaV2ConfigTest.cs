using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Compiler.Tests.Config;

/// <summary>What DeBERTa's own fields of config.json mean.</summary>
public sealed class DebertaV2ConfigTest
{
    private const string Sizes = """
        "model_type": "deberta-v2", "hidden_size": 8, "num_attention_heads": 2, "num_hidden_layers": 2, "intermediate_size": 12, "vocab_size": 20, "max_position_embeddings": 64
        """;

    private const string Relative = """ "relative_attention": true, "pos_att_type": "p2c|c2p" """;

    [Fact]
    public void What_is_left_out_has_the_default_of_transformers()
    {
        ModelConfig config = Read("\"position_buckets\": 4");
        Assert.Equal((1e-7, 0, 8, Activation.GeluErf), (config.Epsilon, config.TokenTypes, config.EmbeddingWidth, config.Activation));
        Assert.Equal((PositionTable.Stored, 64), (config.Embedding.PositionTable, config.Embedding.Positions));
        Assert.True(config.Layers is { IsUniform: true, First: { Disentangled: null, ScoreTerms: 1, Convolution: null } });
    }

    /// <summary>As released files write it, and as transformers 5 does.</summary>
    [Theory]
    [InlineData("\"p2c|c2p\"", 3)]
    [InlineData("\" C2P | p2c \"", 3)]
    [InlineData("[\"p2c\", \"c2p\"]", 3)]
    [InlineData("[\"c2p\"]", 2)]
    [InlineData("\"none\"", 1)]
    [InlineData("null", 1)]
    public void Kinds_of_products_come_as_a_text_or_a_list(string written, int terms)
    {
        ModelConfig config = Read($"\"relative_attention\": true, \"norm_rel_ebd\": \"layer_norm\", \"share_att_key\": true, \"pos_att_type\": {written}");
        Assert.Equal(terms, config.Layers.First.ScoreTerms);
        Assert.Equal(terms > 1, config.Layers.First.Disentangled is { ContentToPosition: true, SharesProjections: true, NormalizesTable: true });
    }

    /// <summary>Scores are divided by the number of products even where none is added.</summary>
    [Fact]
    public void Kinds_count_without_relative_attention()
    {
        LayerSpec layer = Read("\"pos_att_type\": [\"c2p\", \"p2c\"]").Layers.First;
        Assert.Equal((3, (DisentangledSpec?)null), (layer.ScoreTerms, layer.Disentangled));
    }

    [Theory]
    [InlineData("\"position_buckets\": 8", 8, 8, 64)]
    [InlineData("\"position_buckets\": 8, \"max_relative_positions\": 20", 8, 8, 20)]
    [InlineData("\"position_buckets\": -1", 64, 0, 64)]
    [InlineData("\"max_relative_positions\": 10", 10, 0, 10)]
    [InlineData("\"max_relative_positions\": -1", 64, 0, 64)]
    public void The_table_is_as_long_as_there_are_buckets_or_distances(string fields, int span, int buckets, int maxDistance)
    {
        DisentangledSpec d = Read($"{Relative}, {fields}").Layers.First.Disentangled!;
        Assert.Equal((span, buckets, maxDistance, false, false), (d.Span, d.Buckets, d.MaxDistance, d.SharesProjections, d.NormalizesTable));
    }

    [Fact]
    public void Without_a_table_of_positions_texts_may_be_of_any_length()
    {
        ModelConfig config = Read("\"position_biased_input\": false");
        Assert.Equal((PositionTable.None, 0, 64), (config.Embedding.PositionTable, config.Embedding.Positions, config.Positions));
    }

    [Fact]
    public void Narrow_tables_are_projected_without_a_bias_and_normalised_after_that()
    {
        Assert.True(Read("\"embedding_size\": 4").Embedding is { IsProjected: true, HasProjectionBias: false, NormFollowsProjection: true, Width: 4 });
        Assert.True(Read("\"embedding_size\": 8").Embedding is { IsProjected: false, NormFollowsProjection: false });
    }

    [Fact]
    public void A_convolution_makes_the_first_layer_another_kind()
    {
        LayerSchedule layers = Read("\"conv_kernel_size\": 3").Layers;
        Assert.Equal([new ConvolutionSpec(3, 1, Activation.Tanh), null], layers.Uses.Select(u => layers.Kinds[u.Kind].Convolution));
        Assert.Equal(new ConvolutionSpec(5, 4, Activation.GeluErf), Read("\"conv_kernel_size\": 5, \"conv_groups\": 4, \"conv_act\": \"gelu\"").Layers.First.Convolution);
    }

    [Fact]
    public void The_context_pooler_has_an_activation_of_its_own() =>
        Assert.Equal(Activation.Tanh, Read("\"architectures\": [\"DebertaV2ForSequenceClassification\"], \"hidden_act\": \"relu\", \"pooler_hidden_act\": \"tanh\", \"pooler_hidden_size\": 8").Rule.Parts[0].Activation);

    [Theory]
    [InlineData("\"legacy\": false, \"tie_word_embeddings\": false", "lm_predictions.lm_head.dense", true)]
    [InlineData("\"legacy\": true", "cls.predictions.transform.dense", true)]
    [InlineData("\"tie_word_embeddings\": false", "cls.predictions.transform.dense", false)]
    public void The_masked_language_model_goes_by_two_names(string fields, string dense, bool ties)
    {
        ModelConfig config = Read($"\"architectures\": [\"DebertaV2ForMaskedLM\"], {fields}");
        Assert.Equal((dense, ties), (config.Rule.Parts[0].Dense, config.TiesWords));
        Assert.Equal(config.Rule, config.Family.Rule("DebertaV2ForMaskedLM"));
    }

    [Theory]
    [InlineData("\"pos_att_type\": \"p2p|c2p\"", "config_unsupported", "p2p")]
    [InlineData("\"pos_att_type\": [1]", "config_wrong_type", "pos_att_type")]
    [InlineData("\"norm_rel_ebd\": \"batch_norm\", \"relative_attention\": true", "config_unsupported", "batch_norm")]
    [InlineData("\"position_buckets\": 1, \"relative_attention\": true", "config_inconsistent", "position_buckets")]
    [InlineData("\"position_buckets\": 126, \"relative_attention\": true", "config_inconsistent", "max_position_embeddings")]
    [InlineData("\"position_buckets\": 99999999, \"relative_attention\": true", "config_out_of_range", "position_buckets")]
    [InlineData("\"max_relative_positions\": 99999999, \"relative_attention\": true", "config_out_of_range", "max_relative_positions")]
    [InlineData("\"conv_kernel_size\": 4", "config_inconsistent", "conv_kernel_size")]
    [InlineData("\"conv_kernel_size\": 1025", "config_out_of_range", "conv_kernel_size")]
    [InlineData("\"conv_kernel_size\": 3, \"conv_groups\": 3", "config_inconsistent", "conv_groups")]
    [InlineData("\"conv_kernel_size\": 3, \"conv_groups\": 0", "config_out_of_range", "conv_groups")]
    [InlineData("\"conv_kernel_size\": 3, \"conv_act\": \"x\"", "config_unsupported", "conv_act")]
    [InlineData("\"attention_head_size\": 5", "config_inconsistent", "attention_head_size")]
    [InlineData("\"pooler_hidden_size\": 9", "config_inconsistent", "pooler_hidden_size")]
    [InlineData("\"pooler_hidden_act\": \"x\"", "config_unsupported", "pooler_hidden_act")]
    [InlineData("\"legacy\": false, \"embedding_size\": 4, \"architectures\": [\"DebertaV2ForMaskedLM\"]", "config_inconsistent", "embedding_size")]
    public void Fault_is_named(string field, string problemClass, string word) =>
        ConfigText.HasFault($$"""{ {{field}}, {{Sizes}}}""", problemClass, word);

    private static ModelConfig Read(string fields)
    {
        ModelConfig? config = ConfigText.Read($$"""{ {{fields}}, {{Sizes}}}""", out IReadOnlyList<Problem> problems);
        Assert.Empty(problems);
        return config!;
    }
}
