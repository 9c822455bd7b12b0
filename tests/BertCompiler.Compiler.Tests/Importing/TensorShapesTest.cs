using BertCompiler.Core;
using BertCompiler.Core.Config;
using BertCompiler.Core.Families;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.Json;
using BertCompiler.Tool.Importers.Tensors;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>
/// One rule for every tensor of every class: it is there with the exact shape. Each is spoiled in every way that could slip through – another
/// length, another rank with as many elements, transposed, a scalar – and must be named by an error.
/// </summary>
public sealed class TensorShapesTest
{
    private const string Config = "config.json", Weights = "model.safetensors";

    /// <summary>Fields that add tensors, or give them other shapes, beyond the family's defaults.</summary>
    private static readonly (string Family, string Fields)[] Variants =
    [
        ("bert", "\"position_embedding_type\": \"relative_key\""),
        ("roberta", "\"position_embedding_type\": \"relative_key\""),
        ("xlm-roberta", "\"position_embedding_type\": \"relative_key\""),
        ("camembert", "\"position_embedding_type\": \"relative_key\""),
        ("electra", "\"position_embedding_type\": \"relative_key\""),
        ("data2vec-text", "\"position_embedding_type\": \"relative_key\""),
        ("ernie", "\"position_embedding_type\": \"relative_key\""),
        ("megatron-bert", "\"position_embedding_type\": \"relative_key\""),
        ("roberta-prelayernorm", "\"position_embedding_type\": \"relative_key\""),
        ("xlm-roberta-xl", "\"position_embedding_type\": \"relative_key\""),
        ("ernie", "\"use_task_id\": true, \"task_type_vocab_size\": 4"),
        ("albert", "\"num_hidden_groups\": 2, \"inner_group_num\": 2"),
        ("deberta-v2", "\"relative_attention\": true, \"pos_att_type\": \"c2p|p2c\", \"position_buckets\": 4, \"norm_rel_ebd\": \"layer_norm\", \"conv_kernel_size\": 3, \"conv_groups\": 2"),
        ("deberta-v2", "\"relative_attention\": true, \"pos_att_type\": \"c2p|p2c\", \"share_att_key\": true, \"position_biased_input\": false, \"type_vocab_size\": 0"),
        ("modernbert", "\"norm_bias\": true, \"attention_bias\": true, \"mlp_bias\": true, \"classifier_bias\": true"),
        ("eurobert", "\"num_key_value_heads\": 1, \"head_dim\": 6, \"attention_bias\": true, \"mlp_bias\": true"),
        ("nomic_bert", "\"head_dim\": 2"),
        ("gte", "\"type_vocab_size\": 0"),
        ("roformer", "\"rotary_value\": true"),
    ];

    /// <summary>Every class of every family, under every set of tensor names that its files have, and its options.</summary>
    public static TheoryData<string, string, string, int> Classes()
    {
        var data = new TheoryData<string, string, string, int>();
        foreach (Family family in Family.All)
        {
            foreach (ArchitectureRule rule in family.Architectures)
            {
                for (int names = 0; names <= family.OtherNames.Count; names++) data.Add(family.ModelType, rule.Architecture, "", names);
            }
        }

        foreach ((string family, string fields) in Variants) data.Add(family, Family.Find(family)!.Architectures[^1].Architecture, fields, 0);
        return data;
    }

    /// <summary>Whoever can have distances with relative keys is among the variants.</summary>
    [Fact]
    public void Every_family_with_distances_of_its_own_is_tried_with_them() =>
        Assert.Equal(Family.All.Where(f => f.DistanceTable is not null).Select(f => f.ModelType).Order(), Variants.Where(v => v.Fields.Contains("relative_key", StringComparison.Ordinal)).Select(v => v.Family).Order());

    [Theory]
    [MemberData(nameof(Classes))]
    public void Every_other_shape_of_every_tensor_is_an_error(string family, string architecture, string fields, int names)
    {
        (ModelConfig config, ModelSpec spec) = Model(family, architecture, fields);
        if (names > 0) config = config with { Family = config.Family.OtherNames[names - 1] };
        PackingPlan plan = WeightPlanner.Plan(spec, config.Family, config.Rule);
        TensorInfo[] sound = [.. TensorsOf(plan, spec.Layers.SetsInGroup)];
        Assert.Empty(Problems(config, spec, plan, sound));
        for (int i = 0; i < sound.Length; i++)
        {
            foreach (long[] shape in OtherShapes([.. sound[i].Shape]))
            {
                TensorInfo[] spoiled = [.. sound];
                spoiled[i] = sound[i] with { Shape = new(shape) };
                IReadOnlyList<Problem> problems = Problems(config, spec, plan, spoiled);
                Assert.True(problems.Any(p => p.Severity == Severity.Error && p.Message.Contains($"'{sound[i].Name}'", StringComparison.Ordinal)), $"{spoiled[i].Name} {spoiled[i].ShapeText} was taken for {sound[i].ShapeText}");
            }
        }
    }

    /// <summary>Another length in each place; fewer and more dimensions, with the same elements where that can be; the axes exchanged.</summary>
    private static IEnumerable<long[]> OtherShapes(long[] shape)
    {
        for (int d = 0; d < shape.Length; d++)
        {
            foreach (long length in new[] { 0, shape[d] - 1, shape[d] + 1, 2 * shape[d] }.Distinct()) yield return [.. shape.Select((x, i) => i == d ? length : x)];
        }

        yield return [];
        yield return [1, .. shape];
        yield return [.. shape, 1];
        if (shape.Length < 2) yield break;
        yield return [shape.Aggregate((a, b) => a * b)];
        if (shape[0] != shape[1]) yield return [shape[1], shape[0]];
    }

    private static (ModelConfig Config, ModelSpec Spec) Model(string family, string architecture, string fields)
    {
        ConfigNames names = Family.Find(family)!.Config;
        string width = names.EmbeddingWidth is { } w ? $"\"{w}\": 5," : "";
        string types = fields.Contains("type_vocab_size", StringComparison.Ordinal) ? "" : "\"type_vocab_size\": 2,";
        string json = $$"""
            {
              "model_type": "{{family}}", "architectures": ["{{architecture}}"], {{(fields.Length > 0 ? fields + "," : "")}} {{width}} "tie_word_embeddings": false,
              "{{names.Hidden}}": 6, "{{names.Heads}}": 3, "{{names.Layers}}": 2, "{{names.FeedForward}}": 7, "vocab_size": 11, "max_position_embeddings": 9,
              "pad_token_id": 1, {{types}} "id2label": {"0": "a", "1": "b", "2": "c", "3": "d"}
            }
            """;
        var problems = new ProblemList();
        ConfigNode root = JsonDocumentReader.Parse(System.Text.Encoding.UTF8.GetBytes(json), new JsonSource(Config, ProblemKinds.ConfigMalformed));
        ModelConfig config = ConfigReader.Read(root, Config, head: null, encoderOnly: false, problems)!;
        Assert.Empty(problems.Items);
        return (config, SpecBuilder.Build("m", config, _ => true, sentence: null, tokenizer: null, maxTokens: 9));
    }

    /// <summary>Every tensor that the model needs, once.</summary>
    private static IEnumerable<TensorInfo> TensorsOf(PackingPlan plan, int setsInGroup)
    {
        IEnumerable<(TensorRecipe Recipe, int Set)> recipes = plan.Shared.Select(recipe => (recipe, 0)).Concat(plan.LayerTensors);
        return recipes.SelectMany(r => r.Recipe.Sources.Select(source => Tensor(source, r.Set, setsInGroup))).DistinctBy(t => t.Name);
    }

    private static TensorInfo Tensor(SourceTensor source, int set, int setsInGroup) => new()
    {
        Name = Numbered(Numbered(Numbered(source.Name, "{layer}", set), "{group}", set / setsInGroup), "{inner}", set % setsInGroup),
        Dtype = TensorDtype.F32,
        Shape = new(source.Shape.Select(d => (long)d)),
        File = Weights,
        Offset = 0,
        Bytes = 0,
    };

    private static string Numbered(string name, string place, int number) => name.Replace(place, number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static IReadOnlyList<Problem> Problems(ModelConfig config, ModelSpec spec, PackingPlan plan, TensorInfo[] tensors)
    {
        var problems = new ProblemList();
        using var checkpoint = new Listed(tensors);
        new TensorResolver(config, spec, new TensorNames(checkpoint, config.Family, config.Layers.SetsInGroup), Config, Weights, problems).Resolve(plan);
        return problems.Items;
    }

    /// <summary>A checkpoint of which nothing is read.</summary>
    private sealed class Listed(IReadOnlyList<TensorInfo> tensors) : ICheckpoint
    {
        public IReadOnlyList<TensorInfo> Tensors { get; } = tensors;

        public CheckpointFacts Facts => CheckpointFacts.None;

        public void Read(TensorInfo tensor, long first, Span<float> destination) => throw new NotSupportedException();

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
