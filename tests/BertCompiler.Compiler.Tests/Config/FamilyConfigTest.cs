using System.Text;
using BertCompiler.Core.Config;
using BertCompiler.Core.Families;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers.Json;

namespace BertCompiler.Compiler.Tests.Config;

/// <summary>What config.json says in the families that add something to BERT: both styles of writing it, what is left out, and what is refused.</summary>
public sealed class FamilyConfigTest
{
    private const string Sizes = """
        "hidden_size": 8, "num_attention_heads": 2, "num_hidden_layers": 4, "intermediate_size": 12, "vocab_size": 20, "max_position_embeddings": 10, "pad_token_id": 1
        """;

    /// <summary>What released files say, what transformers 5 writes of the same model, and what may be left out of it.</summary>
    public static TheoryData<string, string> SameModels => new()
    {
        {
            """
            "model_type": "modernbert", "global_attn_every_n_layers": 3, "global_rope_theta": 160000.0, "local_rope_theta": 10000.0, "layer_norm_eps": 1e-3, "norm_eps": 1e-05, "local_attention": 128,
            "position_embedding_type": "absolute", "reference_compile": null, "torch_dtype": "float16"
            """,
            """
            "model_type": "modernbert", "layer_types": ["full_attention", "sliding_attention", "sliding_attention", "full_attention"], "local_attention": 128, "norm_eps": 1e-05, "dtype": "float16",
            "rope_parameters": {"full_attention": {"rope_type": "default", "rope_theta": 160000.0}, "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0}}
            """
        },
        { "\"model_type\": \"modernbert\", \"global_attn_every_n_layers\": 3, \"global_rope_theta\": 160000.0, \"local_rope_theta\": 10000, \"local_attention\": 129, \"norm_eps\": 1e-5, \"hidden_activation\": \"gelu\"", "\"model_type\": \"modernbert\"" },
        { "\"model_type\": \"eurobert\", \"rope_theta\": 250000, \"rope_scaling\": null", "\"model_type\": \"eurobert\", \"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 250000.0}" },
        {
            "\"model_type\": \"eurobert\", \"rope_theta\": 10000.0, \"num_key_value_heads\": 2, \"head_dim\": 4, \"hidden_act\": \"silu\", \"rms_norm_eps\": 1e-05, \"attention_bias\": false, \"mlp_bias\": false, \"tie_word_embeddings\": false",
            "\"model_type\": \"eurobert\", \"num_key_value_heads\": null, \"head_dim\": null"
        },
        { "\"model_type\": \"nomic_bert\", \"rope_theta\": 1000, \"head_dim\": 4, \"hidden_act\": \"silu\", \"type_vocab_size\": 2", "\"model_type\": \"nomic_bert\"" },
        { "\"model_type\": \"nomic_bert\", \"rope_theta\": 500", "\"model_type\": \"nomic_bert\", \"rope_parameters\": {\"rope_theta\": 500.0, \"rope_type\": \"default\", \"partial_rotary_factor\": 1.0}" },
        { "\"model_type\": \"gte\", \"rope_theta\": 160000, \"type_vocab_size\": 1, \"hidden_act\": \"gelu\", \"layer_norm_eps\": 1e-12", "\"model_type\": \"gte\"" },
        { "\"model_type\": \"jina_embeddings_v3\", \"rope_theta\": 20000.0, \"lora_adaptations\": null, \"layer_norm_eps\": 1e-05, \"type_vocab_size\": 1", "\"model_type\": \"jina_embeddings_v3\", \"lora_adaptations\": []" },
        { "\"model_type\": \"roformer\", \"rotary_value\": false, \"embedding_size\": null", "\"model_type\": \"roformer\", \"embedding_size\": 8" },
        { "\"model_type\": \"ernie\", \"use_task_id\": true, \"task_type_vocab_size\": 3", "\"model_type\": \"ernie\", \"use_task_id\": true" },
        { "\"model_type\": \"ernie\", \"use_task_id\": false, \"task_type_vocab_size\": 3", "\"model_type\": \"ernie\"" },
        {
            "\"model_type\": \"deberta-v2\", \"relative_attention\": true, \"pos_att_type\": \"p2c|c2p\", \"norm_rel_ebd\": \"layer_norm\", \"position_buckets\": 4, \"max_relative_positions\": -1, \"share_att_key\": true",
            "\"model_type\": \"deberta-v2\", \"relative_attention\": true, \"pos_att_type\": [\"p2c\", \"c2p\"], \"norm_rel_ebd\": \"Layer_Norm\", \"position_buckets\": 4, \"max_relative_positions\": 10, \"share_att_key\": true, \"legacy\": true"
        },
        {
            "\"model_type\": \"deberta-v2\", \"relative_attention\": false, \"position_biased_input\": true, \"type_vocab_size\": 0, \"layer_norm_eps\": 1e-7, \"conv_kernel_size\": 0, \"conv_groups\": 3, \"norm_rel_ebd\": \"none\", \"pooler_hidden_size\": 8",
            "\"model_type\": \"deberta-v2\""
        },
        { "\"model_type\": \"albert\", \"num_hidden_groups\": 1, \"inner_group_num\": 1, \"embedding_size\": 128, \"hidden_act\": \"gelu_new\", \"down_scale_factor\": 1, \"net_structure_type\": 0", "\"model_type\": \"albert\"" },
        { "\"model_type\": \"xlm-roberta-xl\", \"layer_norm_eps\": 1e-05, \"type_vocab_size\": 1", "\"model_type\": \"xlm-roberta-xl\"" },
        { "\"model_type\": \"roberta-prelayernorm\", \"layer_norm_eps\": 1e-12, \"type_vocab_size\": 2", "\"model_type\": \"roberta-prelayernorm\"" },
        { "\"model_type\": \"data2vec-text\", \"layer_norm_eps\": 1e-12, \"type_vocab_size\": 2", "\"model_type\": \"data2vec-text\"" },
        { "\"model_type\": \"megatron-bert\", \"layer_norm_eps\": 1e-12, \"type_vocab_size\": 2", "\"model_type\": \"megatron-bert\"" },
    };

    [Theory]
    [MemberData(nameof(SameModels))]
    public void Both_ways_to_say_it_are_one_model(string one, string other) => Assert.Equal(Spec(one), Spec(other));

    /// <summary>The names of the authors' own code, as the released embedders of Nomic have them.</summary>
    [Fact]
    public void Nomics_own_names_are_read()
    {
        const string own = """
            "model_type": "nomic_bert", "vocab_size": 11, "n_embd": 8, "n_head": 2, "n_layer": 4, "n_inner": 6, "n_positions": 32, "layer_norm_epsilon": 1e-5, "activation_function": "swiglu",
            "rotary_emb_base": 500, "rotary_emb_fraction": 1.0, "rotary_emb_interleaved": false, "rotary_emb_scale_base": null, "rotary_scaling_factor": null, "prenorm": false, "qkv_proj_bias": false
            """;
        const string usual = """
            "model_type": "nomic_bert", "vocab_size": 11, "hidden_size": 8, "num_attention_heads": 2, "num_hidden_layers": 4, "intermediate_size": 6, "max_position_embeddings": 32, "layer_norm_eps": 1e-5,
            "rope_theta": 500.0
            """;
        ModelConfig? config = Read(own, out IReadOnlyList<Problem> problems);
        Assert.Empty(problems);
        Assert.Equal(Read(usual, out _), config);
        Assert.Equal(500, config!.Layers.First.Rotary!.Base);
    }

    /// <summary>Each of these says something else than the other: none is passed over.</summary>
    [Theory]
    [InlineData("modernbert", "\"global_rope_theta\": 5", "\"local_rope_theta\": 5")]
    [InlineData("modernbert", "\"local_attention\": 4", "\"local_attention\": 6")]
    [InlineData("modernbert", "\"norm_bias\": true", "\"attention_bias\": true")]
    [InlineData("modernbert", "\"mlp_bias\": true", "\"norm_eps\": 1e-6")]
    [InlineData("modernbert", "\"global_attn_every_n_layers\": 2", "\"layer_types\": [\"sliding_attention\", \"full_attention\", \"sliding_attention\", \"full_attention\"]")]
    [InlineData("modernbert", "\"architectures\": [\"ModernBertForSequenceClassification\"], \"classifier_pooling\": \"mean\"", "\"architectures\": [\"ModernBertForSequenceClassification\"]")]
    [InlineData("modernbert", "\"architectures\": [\"ModernBertForMaskedLM\"], \"decoder_bias\": false", "\"architectures\": [\"ModernBertForMaskedLM\"], \"classifier_bias\": true")]
    [InlineData("eurobert", "\"num_key_value_heads\": 1", "\"head_dim\": 6")]
    [InlineData("eurobert", "\"architectures\": [\"EuroBertForSequenceClassification\"]", "\"architectures\": [\"EuroBertForSequenceClassification\"], \"classifier_pooling\": \"bos\"")]
    [InlineData("eurobert", "\"architectures\": [\"EuroBertForSequenceClassification\"], \"classifier_pooling\": \"mean\"", "\"architectures\": [\"EuroBertForSequenceClassification\"], \"classifier_pooling\": \"late\"")]
    [InlineData("roformer", "\"rotary_value\": true", "\"rotary_value\": false")]
    [InlineData("ernie", "\"use_task_id\": true", "\"use_task_id\": false")]
    [InlineData("gte", "\"type_vocab_size\": 0", "\"type_vocab_size\": 1")]
    [InlineData("albert", "\"num_hidden_groups\": 2", "\"inner_group_num\": 2")]
    [InlineData("albert", "\"num_hidden_groups\": 4", "\"num_hidden_groups\": 3")]
    [InlineData("deberta-v2", "\"conv_kernel_size\": 3", "\"conv_kernel_size\": 3, \"conv_groups\": 2")]
    [InlineData("deberta-v2", "\"conv_kernel_size\": 3, \"conv_act\": \"gelu\"", "\"conv_kernel_size\": 3")]
    [InlineData("deberta-v2", "\"relative_attention\": true", "\"relative_attention\": true, \"pos_att_type\": \"c2p\"")]
    [InlineData("deberta-v2", "\"relative_attention\": true, \"pos_att_type\": \"p2c\"", "\"relative_attention\": true, \"pos_att_type\": \"c2p\"")]
    [InlineData("deberta-v2", "\"position_biased_input\": false", "\"position_biased_input\": true")]
    public void Each_of_them_counts(string family, string one, string other) => Assert.NotEqual(Spec($"\"model_type\": \"{family}\", {one}"), Spec($"\"model_type\": \"{family}\", {other}"));

    [Theory]
    [InlineData("modernbert", "\"layer_types\": [\"full_attention\", \"chunked_attention\", \"full_attention\", \"full_attention\"]", "BERT1007", "layer_types")]
    [InlineData("modernbert", "\"layer_types\": [\"full_attention\"]", "BERT1006", "names 1 layers")]
    [InlineData("modernbert", "\"layer_types\": []", "BERT1006", "names 0 layers")]
    [InlineData("modernbert", "\"layer_types\": \"full_attention\"", "BERT1007", "layer_types")]
    [InlineData("modernbert", "\"layer_types\": [1, null, {}, []]", "BERT1007", "layer_types")]
    [InlineData("modernbert", "\"global_attn_every_n_layers\": 0", "BERT1005", "global_attn_every_n_layers")]
    [InlineData("modernbert", "\"local_attention\": 0", "BERT1005", "local_attention")]
    [InlineData("modernbert", "\"local_attention\": -1", "BERT1005", "local_attention")]
    [InlineData("modernbert", "\"local_rope_theta\": 0", "BERT1005", "local_rope_theta")]
    [InlineData("modernbert", "\"global_rope_theta\": \"big\"", "BERT1004", "global_rope_theta")]
    [InlineData("modernbert", "\"rope_parameters\": {\"full_attention\": {\"rope_theta\": 5, \"rope_type\": \"default\"}}", "BERT1007", "sliding_attention")]
    [InlineData("modernbert", "\"rope_parameters\": {\"full_attention\": {\"rope_theta\": 5, \"rope_type\": \"yarn\"}, \"sliding_attention\": {}}", "BERT1007", "yarn")]
    [InlineData("modernbert", "\"rope_parameters\": {\"full_attention\": 5, \"sliding_attention\": {}}", "BERT1004", "full_attention")]
    [InlineData("modernbert", "\"rope_scaling\": {\"type\": \"linear\", \"factor\": 2}", "BERT1007", "linear")]
    [InlineData("modernbert", "\"classifier_pooling\": \"max\"", "BERT1007", "supported: cls, mean")]
    [InlineData("modernbert", "\"classifier_activation\": \"swoosh\"", "BERT1007", "classifier_activation")]
    [InlineData("modernbert", "\"hidden_activation\": \"swoosh\"", "BERT1007", "hidden_activation")]
    [InlineData("modernbert", "\"norm_bias\": 1", "BERT1004", "norm_bias")]
    [InlineData("eurobert", "\"num_key_value_heads\": 3", "BERT1006", "num_key_value_heads")]
    [InlineData("eurobert", "\"num_key_value_heads\": 0", "BERT1005", "num_key_value_heads")]
    [InlineData("eurobert", "\"num_key_value_heads\": 99999999999999999999", "BERT1005", "num_key_value_heads")]
    [InlineData("eurobert", "\"head_dim\": 5", "BERT1006", "rotated in pairs")]
    [InlineData("eurobert", "\"head_dim\": -4", "BERT1005", "head_dim")]
    [InlineData("eurobert", "\"classifier_pooling\": \"cls\"", "BERT1007", "supported: late, mean, bos")]
    [InlineData("eurobert", "\"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 4.0}", "BERT1007", "yarn")]
    [InlineData("eurobert", "\"rope_parameters\": {\"rope_type\": \"dynamic\", \"rope_theta\": 10000, \"factor\": 4.0}", "BERT1007", "dynamic")]
    [InlineData("eurobert", "\"rope_parameters\": {\"rope_type\": 7}", "BERT1004", "rope_type")]
    [InlineData("eurobert", "\"rope_parameters\": [10000]", "BERT1004", "rope_parameters")]
    [InlineData("eurobert", "\"rope_theta\": 1e400", "BERT1005", "rope_theta")]
    [InlineData("eurobert", "\"partial_rotary_factor\": 0.5", "BERT1007", "partial_rotary_factor")]
    [InlineData("nomic_bert", "\"rope_parameters\": {\"rope_type\": \"default\", \"partial_rotary_factor\": 0.5}", "BERT1007", "partial_rotary_factor")]
    [InlineData("nomic_bert", "\"rope_scaling\": {\"type\": \"dynamic\", \"factor\": 2}", "BERT1007", "dynamic")]
    [InlineData("nomic_bert", "\"prenorm\": true", "BERT1007", "prenorm")]
    [InlineData("nomic_bert", "\"rotary_emb_interleaved\": true", "BERT1007", "rotary_emb_interleaved")]
    [InlineData("nomic_bert", "\"qkv_proj_bias\": true", "BERT1007", "qkv_proj_bias")]
    [InlineData("nomic_bert", "\"rotary_scaling_factor\": 2.0", "BERT1007", "rotary_scaling_factor")]
    [InlineData("nomic_bert", "\"rotary_emb_fraction\": 0.5", "BERT1007", "rotary_emb_fraction")]
    [InlineData("nomic_bert", "\"num_experts\": 8", "BERT1007", "num_experts")]
    [InlineData("nomic_bert", "\"activation_function\": \"gelu\"", "BERT1007", "activation_function")]
    [InlineData("nomic_bert", "\"head_dim\": 3", "BERT1006", "rotated in pairs")]
    [InlineData("gte", "\"rope_scaling\": {\"type\": \"ntk\", \"factor\": 8.0}", "BERT1007", "ntk")]
    [InlineData("new", "\"rope_scaling\": {\"type\": \"ntk\", \"factor\": 8.0}", "BERT1007", "ntk")]
    [InlineData("gte", "\"type_vocab_size\": -1", "BERT1005", "type_vocab_size")]
    [InlineData("jina_embeddings_v3", "\"lora_adaptations\": [\"retrieval.query\", \"text-matching\"]", "BERT1007", "lora_adaptations")]
    [InlineData("jina_embeddings_v3", "\"rope_theta\": -20000", "BERT1005", "rope_theta")]
    [InlineData("roformer", "\"rotary_value\": \"yes\"", "BERT1004", "rotary_value")]
    [InlineData("roformer", "\"embedding_size\": 0", "BERT1005", "embedding_size")]
    [InlineData("ernie", "\"use_task_id\": true, \"task_type_vocab_size\": 0", "BERT1005", "task_type_vocab_size")]
    [InlineData("ernie", "\"use_task_id\": \"yes\"", "BERT1004", "use_task_id")]
    [InlineData("albert", "\"num_hidden_groups\": 5", "BERT1006", "num_hidden_groups")]
    [InlineData("albert", "\"num_hidden_groups\": 0", "BERT1005", "num_hidden_groups")]
    [InlineData("albert", "\"inner_group_num\": 0", "BERT1005", "inner_group_num")]
    [InlineData("albert", "\"inner_group_num\": 1024", "BERT1005", "inner_group_num")]
    [InlineData("albert", "\"position_embedding_type\": \"relative_key\"", "BERT1007", "relative_key")]
    [InlineData("deberta-v2", "\"relative_attention\": true, \"pos_att_type\": \"p2p|c2p\"", "BERT1007", "p2p")]
    [InlineData("deberta-v2", "\"relative_attention\": true, \"pos_att_type\": [\"c2c\"]", "BERT1007", "c2c")]
    [InlineData("deberta-v2", "\"relative_attention\": true, \"pos_att_type\": {\"c2p\": true}", "BERT1004", "pos_att_type")]
    [InlineData("deberta-v2", "\"relative_attention\": true, \"pos_att_type\": [1]", "BERT1004", "pos_att_type")]
    [InlineData("deberta-v2", "\"relative_attention\": true, \"norm_rel_ebd\": \"batch_norm\"", "BERT1007", "batch_norm")]
    [InlineData("deberta-v2", "\"relative_attention\": true, \"position_buckets\": 1", "BERT1006", "position_buckets")]
    [InlineData("deberta-v2", "\"relative_attention\": true, \"position_buckets\": 256", "BERT1006", "position_buckets")]
    [InlineData("deberta-v2", "\"relative_attention\": true, \"position_buckets\": -2", "BERT1005", "position_buckets")]
    [InlineData("deberta-v2", "\"relative_attention\": true, \"max_relative_positions\": 1000001", "BERT1005", "max_relative_positions")]
    [InlineData("deberta-v2", "\"conv_kernel_size\": 2", "BERT1006", "conv_kernel_size")]
    [InlineData("deberta-v2", "\"conv_kernel_size\": 1000001", "BERT1005", "conv_kernel_size")]
    [InlineData("deberta-v2", "\"conv_kernel_size\": 3, \"conv_groups\": 3", "BERT1006", "conv_groups")]
    [InlineData("deberta-v2", "\"conv_kernel_size\": 3, \"conv_groups\": 0", "BERT1005", "conv_groups")]
    [InlineData("deberta-v2", "\"conv_kernel_size\": 3, \"conv_act\": \"swoosh\"", "BERT1007", "conv_act")]
    [InlineData("deberta-v2", "\"attention_head_size\": 3", "BERT1006", "attention_head_size")]
    [InlineData("deberta-v2", "\"pooler_hidden_size\": 9", "BERT1006", "pooler_hidden_size")]
    [InlineData("deberta-v2", "\"pooler_hidden_act\": \"swoosh\"", "BERT1007", "pooler_hidden_act")]
    [InlineData("deberta-v2", "\"architectures\": [\"DebertaV2ForMaskedLM\"], \"legacy\": false, \"embedding_size\": 4", "BERT1006", "legacy")]
    public void A_fault_is_named(string family, string field, string id, string word)
    {
        Assert.Null(Read($"\"model_type\": \"{family}\", {field}, {Sizes}", out IReadOnlyList<Problem> problems));
        Problem problem = Assert.Single(problems);
        Assert.Equal(id, problem.Kind.Id);
        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
    }

    /// <summary>The sizes themselves: 6 numbers in 2 heads are 3 a head.</summary>
    [Theory]
    [InlineData("modernbert")]
    [InlineData("eurobert")]
    [InlineData("nomic_bert")]
    [InlineData("gte")]
    [InlineData("new")]
    [InlineData("jina_embeddings_v3")]
    [InlineData("roformer")]
    public void Heads_of_an_odd_size_cannot_be_rotated(string family)
    {
        Assert.Null(Read($"\"model_type\": \"{family}\", {Sizes.Replace("\"hidden_size\": 8", "\"hidden_size\": 6", StringComparison.Ordinal)}", out IReadOnlyList<Problem> problems));
        Problem problem = Assert.Single(problems);
        Assert.Equal("BERT1006", problem.Kind.Id);
        Assert.Contains("heads of 3 numbers", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>Files without a <c>model_type</c> name a class, which tells the family.</summary>
    [Fact]
    public void Every_class_of_every_family_is_read()
    {
        foreach (Family family in Family.All)
        {
            foreach (ArchitectureRule rule in family.Architectures)
            {
                ModelConfig? config = Read($"\"architectures\": [\"{rule.Architecture}\"], {Sizes.Replace("hidden_size", family.Config.Hidden, StringComparison.Ordinal).Replace("num_attention_heads", family.Config.Heads, StringComparison.Ordinal).Replace("num_hidden_layers", family.Config.Layers, StringComparison.Ordinal).Replace("intermediate_size", family.Config.FeedForward, StringComparison.Ordinal)}", out IReadOnlyList<Problem> problems);
                Assert.Empty(problems);
                Assert.Equal((family.ModelType, rule.Architecture), (config!.Family.ModelType, config.Rule.Architecture));
            }
        }
    }

    private static ModelSpec Spec(string fields)
    {
        ModelConfig? config = Read($"{fields}, {Sizes}", out IReadOnlyList<Problem> problems);
        Assert.Empty(problems);
        return SpecBuilder.Build("m", config!, _ => true, sentence: null, tokenizer: null, maxTokens: 10);
    }

    private static ModelConfig? Read(string fields, out IReadOnlyList<Problem> problems)
    {
        var list = new ProblemList();
        ConfigNode root = JsonDocumentReader.Parse(Encoding.UTF8.GetBytes("{" + fields + "}"), new JsonSource("config.json", ProblemKinds.ConfigMalformed));
        ModelConfig? config = ConfigReader.Read(root, "config.json", head: null, encoderOnly: false, list);
        problems = list.Items;
        return config;
    }
}
