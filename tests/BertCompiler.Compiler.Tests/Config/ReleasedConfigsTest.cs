using System.Globalization;
using System.Text;
using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Json;

namespace BertCompiler.Compiler.Tests.Config;

/// <summary>config.json of models as they were released: what transformers reads from it, or one sentence that says why not.</summary>
public sealed class ReleasedConfigsTest
{
    private const string Base = """
        "hidden_size": 768, "intermediate_size": 3072, "num_attention_heads": 12, "num_hidden_layers": 12, "initializer_range": 0.02
        """;

    private const string Gte = Base + """
        , "model_type": "new", "architectures": ["NewModel"], "auto_map": {"AutoModel": "Alibaba-NLP/new-impl--modeling.NewModel"}, "attention_probs_dropout_prob": 0.0,
        "hidden_act": "gelu", "layer_norm_eps": 1e-12, "layer_norm_type": "layer_norm", "logn_attention_clip1": false, "max_position_embeddings": 8192, "pack_qkv": true,
        "pad_token_id": 1, "position_embedding_type": "rope", "rope_theta": 160000, "type_vocab_size": 1, "unpad_inputs": false, "use_memory_efficient_attention": false,
        "vocab_size": 250048
        """;

    public static TheoryData<string, int, string> Models { get; } = new()
    {
        {
            """
            "model_type": "deberta-v2", "attention_probs_dropout_prob": 0.1, "hidden_act": "gelu", "max_position_embeddings": 512, "relative_attention": true, "position_buckets": 256,
            "norm_rel_ebd": "layer_norm", "share_att_key": true, "pos_att_type": "p2c|c2p", "layer_norm_eps": 1e-7, "max_relative_positions": -1, "position_biased_input": false,
            "type_vocab_size": 0, "vocab_size": 128100,
            """ + Base, 512, "DebertaV2Model: 12 × full, no positions, no types"
        },
        {
            """
            "model_type": "modernbert", "architectures": ["ModernBertForMaskedLM"], "attention_bias": false, "bos_token_id": 50281, "classifier_activation": "gelu", "classifier_bias": false,
            "classifier_pooling": "mean", "cls_token_id": 50281, "decoder_bias": true, "deterministic_flash_attn": false, "embedding_dropout": 0.0, "eos_token_id": 50282,
            "global_attn_every_n_layers": 3, "global_rope_theta": 160000.0, "gradient_checkpointing": false, "hidden_activation": "gelu", "hidden_size": 768, "initializer_cutoff_factor": 2.0,
            "intermediate_size": 1152, "layer_norm_eps": 1e-05, "local_attention": 128, "local_rope_theta": 10000.0, "max_position_embeddings": 8192, "mlp_bias": false, "norm_bias": false,
            "norm_eps": 1e-05, "num_attention_heads": 12, "num_hidden_layers": 22, "pad_token_id": 50283, "position_embedding_type": "absolute", "sep_token_id": 50282,
            "sparse_pred_ignore_index": -100, "sparse_prediction": false, "vocab_size": 50368
            """, 8192, "ModernBertForMaskedLM: 8 × full θ160000, 14 × 64 θ10000"
        },
        {
            """
            "model_type": "nomic_bert", "architectures": ["NomicBertModel"], "hidden_act": "silu", "layer_norm_eps": 1e-12, "max_position_embeddings": 8192, "pad_token_id": 0,
            "rope_parameters": {"rope_theta": 1000, "rope_type": "default"}, "type_vocab_size": 2, "vocab_size": 30528,
            """ + Base, 8192, "NomicBertModel: 12 × full θ1000"
        },
        { Gte, 8192, "NewModel: 12 × full θ160000" },
        { Gte + """, "rope_scaling": null, "logn_attention_scale": false""", 8192, "NewModel: 12 × full θ160000" },
        {
            """
            "model_type": "jina_embeddings_v3", "architectures": ["JinaEmbeddingsV3Model"], "hidden_act": "gelu", "hidden_size": 1024, "intermediate_size": 4096, "layer_norm_eps": 1e-05,
            "max_position_embeddings": 8194, "num_attention_heads": 16, "num_hidden_layers": 24, "pad_token_id": 1, "position_embedding_type": "rotary",
            "rope_parameters": {"rope_theta": 20000.0, "rope_type": "default"}, "type_vocab_size": 1, "vocab_size": 250002
            """, 8194, "JinaEmbeddingsV3Model: 24 × full θ20000"
        },
        {
            """
            "model_type": "eurobert", "architectures": ["EuroBertForMaskedLM"], "attention_bias": false, "auto_map": {"AutoModel": "modeling_eurobert.EuroBertModel"}, "bos_token": "<|begin_of_text|>",
            "bos_token_id": 128000, "eos_token_id": 128001, "head_dim": 64, "hidden_act": "silu", "hidden_dropout": 0.0, "mask_token_id": 128002, "max_position_embeddings": 8192, "mlp_bias": false,
            "num_key_value_heads": 12, "pad_token_id": 128001, "pretraining_tp": 1, "rms_norm_eps": 1e-05, "rope_scaling": null, "rope_theta": 250000, "tie_word_embeddings": false, "vocab_size": 128256,
            """ + Base, 8192, "EuroBertForMaskedLM: 12 × full θ250000"
        },
        {
            """
            "model_type": "albert", "architectures": ["AlbertForMaskedLM"], "attention_probs_dropout_prob": 0, "classifier_dropout_prob": 0.1, "down_scale_factor": 1, "embedding_size": 128,
            "gap_size": 0, "hidden_act": "gelu_new", "inner_group_num": 1, "layer_norm_eps": 1e-12, "max_position_embeddings": 512, "net_structure_type": 0, "num_hidden_groups": 1,
            "num_memory_blocks": 0, "pad_token_id": 0, "type_vocab_size": 2, "vocab_size": 30000,
            """ + Base, 512, "AlbertForMaskedLM: 12 × full"
        },
        {
            """
            "model_type": "megatron-bert", "attention_probs_dropout_prob": 0.1, "hidden_act": "gelu", "hidden_size": 1024, "intermediate_size": 4096, "layer_norm_eps": 1e-12,
            "max_position_embeddings": 512, "num_attention_heads": 16, "num_hidden_layers": 24, "type_vocab_size": 2, "vocab_size": 29056
            """, 512, "MegatronBertModel: 24 × full"
        },
        {
            """
            "model_type": "xlm-roberta-xl", "architectures": ["XLMRobertaXLForMaskedLM"], "hidden_act": "gelu", "hidden_size": 2560, "intermediate_size": 10240, "layer_norm_eps": 1e-05,
            "max_position_embeddings": 514, "num_attention_heads": 32, "num_hidden_layers": 36, "pad_token_id": 1, "position_embedding_type": "absolute", "type_vocab_size": 1, "vocab_size": 250880
            """, 512, "XLMRobertaXLForMaskedLM: 36 × full"
        },
        {
            """
            "model_type": "roformer", "architectures": ["RoFormerForMaskedLM"], "directionality": "bidi", "embedding_size": 768, "hidden_act": "gelu", "layer_norm_eps": 1e-12,
            "max_position_embeddings": 1536, "pad_token_id": 0, "rotary_value": false, "type_vocab_size": 2, "vocab_size": 50000,
            """ + Base, 1536, "RoFormerForMaskedLM: 12 × full θ10000"
        },
        {
            """
            "model_type": "ernie", "architectures": ["ErnieForMaskedLM"], "hidden_act": "gelu", "layer_norm_eps": 1e-05, "max_position_embeddings": 2048, "task_type_vocab_size": 3,
            "type_vocab_size": 4, "use_task_id": true, "vocab_size": 40000,
            """ + Base, 2048, "ErnieForMaskedLM: 12 × full, tasks 3"
        },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Read_as_transformers_reads_it(string json, int maxTokens, string expected)
    {
        using var folder = new TemporaryFolder();
        var problems = new ProblemList();
        ModelConfig? config = Read(json, problems);
        Assert.Empty(problems.Items);
        ModelSpec spec = SpecBuilder.Build("m", config!, _ => true, sentence: null, tokenizer: null, SentenceFolder.Read(folder.Path, problems).ReadMaxTokens(config!));
        Assert.Equal(maxTokens, spec.MaxTokens);
        IEnumerable<string> kinds = spec.Layers.Uses.Select(use => spec.Layers.Kinds[use.Kind]).GroupBy(layer => (layer.Window, layer.Rotary?.Base)).Select(g => $"{g.Count()} × {Text(g.Key.Window, "full")}{Text(g.Key.Base, "", " θ")}");
        string tables = (spec.Embedding.Positions == 0 ? ", no positions" : "") + (spec.Embedding is { Positions: 0, TokenTypes: 0 } ? ", no types" : "") + (spec.Embedding.TaskTypes > 0 ? ", tasks " + Text(spec.Embedding.TaskTypes, "") : "");
        Assert.Equal(expected, $"{spec.Architecture}: {string.Join(", ", kinds)}{tables}");
    }

    /// <summary>What stretches angles or scales attention is not ignored.</summary>
    [Theory]
    [InlineData(""", "rope_scaling": {"type": "ntk", "factor": 8.0}""", "'type': rotary positions of the type 'ntk' are not supported (supported: default)")]
    [InlineData(""", "rope_parameters": {"rope_type": "dynamic", "factor": 2.0}""", "'rope_type': rotary positions of the type 'dynamic' are not supported (supported: default)")]
    [InlineData(""", "logn_attention_scale": true""", "'logn_attention_scale': 'true' is not supported (supported: false)")]
    [InlineData(""", "layer_norm_type": "rms_norm" """, "'layer_norm_type': 'rms_norm' is not supported (supported: layer_norm)")]
    [InlineData(""", "position_embedding_type": "absolute" """, "'position_embedding_type': 'absolute' is not supported (supported: rope)")]
    public void What_would_change_the_numbers_is_refused(string fields, string message)
    {
        var problems = new ProblemList();
        string name = fields.Split('"')[1];
        string json = string.Join(',', Gte.Split(',').Where(f => !f.Contains($"\"{name}\"", StringComparison.Ordinal)));
        Assert.Null(Read(json + fields, problems));
        Assert.Equal(message, Assert.Single(problems.Items).Message);
    }

    private static string Text(double? number, string otherwise, string before = "") => number is { } n ? before + n.ToString(CultureInfo.InvariantCulture) : otherwise;

    private static ModelConfig? Read(string fields, ProblemList problems) =>
        ConfigReader.Read(JsonDocumentReader.Parse(Encoding.UTF8.GetBytes("{" + fields + "}"), new JsonSource("config.json", ProblemKinds.ConfigMalformed)), "config.json", head: null, encoderOnly: false, problems);
}
