using BertCompiler.Core.Config;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>
/// What one member of the BERT family calls its tensors and which rules it follows. A new variant is a new description, in a file of its
/// own, plus the operations that no other has.
/// </summary>
/// <remarks>Tensor names are stems: <c>.weight</c> and <c>.bias</c> follow. <c>{layer}</c> stands for the layer's number from 0.</remarks>
public sealed record Family
{
    /// <summary><c>model_type</c> in config.json.</summary>
    public required string ModelType { get; init; }

    /// <summary>What stands before encoder names where a head's file wraps the encoder; a file may lack it.</summary>
    public required string Prefix { get; init; }

    /// <summary>What config.json calls the sizes.</summary>
    public ConfigNames Config { get; init; } = new();

    /// <summary>Word table [V,E].</summary>
    public required string WordTable { get; init; }

    /// <summary>Position table [P,E]; empty: the family has none.</summary>
    public string PositionTable { get; init; } = "";

    /// <summary>Token type table; null: the family has no token types.</summary>
    public string? TypeTable { get; init; }

    /// <summary>Task type table; null: the family has no task types.</summary>
    public string? TaskTable { get; init; }

    /// <summary>Norm over the sum of the tables; null: the family has none.</summary>
    public string? EmbeddingNorm { get; init; }

    /// <summary>Product that widens embeddings from E to H where they differ; null: they never do.</summary>
    public string? EmbeddingProjection { get; init; }

    /// <summary>Query, key and value projections, in this order; or one tensor that has all of their rows.</summary>
    public required EquatableArray<TensorStem> QueryKeyValue { get; init; }

    /// <summary>Table of learned distances [2P−1,D] of a layer (<c>relative_key</c>); null: the family has none.</summary>
    public string? DistanceTable { get; init; }

    /// <summary>Table of score biases by bucketed distance [32,A], shared by all layers; null: the family has none.</summary>
    public string? BucketTable { get; init; }

    /// <summary>Table of sines and cosines of rotary positions [P,D]; null: no checkpoint holds one.</summary>
    public string? RotaryTable { get; init; }

    /// <summary>Table of distances [2·span,H] that all layers project; null: the family has none.</summary>
    public string? SharedDistances { get; init; }

    /// <summary>LayerNorm over that table.</summary>
    public string? DistanceNorm { get; init; }

    /// <summary>Projection of that table to the keys of distances, where it is not that of the content.</summary>
    public string? PositionKeys { get; init; }

    /// <summary>Projection of that table to the queries of distances, where it is not that of the content.</summary>
    public string? PositionQueries { get; init; }

    /// <summary>Projection of the heads' outputs.</summary>
    public required string AttentionOutput { get; init; }

    /// <summary>Norm after attention, or before it.</summary>
    public required string AttentionNorm { get; init; }

    /// <summary>First feed-forward product, H → F; where it is gated, the half with the activation, then the other.</summary>
    public required EquatableArray<TensorStem> Intermediate { get; init; }

    /// <summary>Second feed-forward product, F → H.</summary>
    public required string Output { get; init; }

    /// <summary>Norm after the feed-forward network, or before it.</summary>
    public required string OutputNorm { get; init; }

    /// <summary>Norm after the last layer; null: the family has none.</summary>
    public string? FinalNorm { get; init; }

    /// <summary>Convolution over tokens beside a layer; null: the family has none.</summary>
    public string? Convolution { get; init; }

    /// <summary>LayerNorm after it.</summary>
    public string? ConvolutionNorm { get; init; }

    /// <summary>Pooler over the first token; null: the family has none.</summary>
    public string? Pooler { get; init; }

    /// <summary>How tokens are numbered.</summary>
    public PositionRule Positions { get; init; }

    /// <summary>The pad id that positions are counted by, whatever config.json says; null: that of config.json.</summary>
    public int? FixedPadTokenId { get; init; }

    /// <summary><c>pad_token_id</c> where config.json does not give it.</summary>
    public int DefaultPadTokenId { get; init; }

    /// <summary>ε of every LayerNorm, whatever config.json says; null: that of config.json.</summary>
    public double? FixedEpsilon { get; init; }

    /// <summary>Which class of <c>architectures</c> puts which head on the encoder; the first is the bare encoder.</summary>
    public required EquatableArray<ArchitectureRule> Architectures { get; init; }

    /// <summary>Tensors that lie in real files and mean nothing here (buffers), as names without the prefix.</summary>
    public required EquatableArray<string> IgnoredTensors { get; init; }

    /// <summary>How the names of tensors begin that belong to heads under other names, or to heads that are not compiled.</summary>
    public EquatableArray<string> OtherHeads { get; init; }

    /// <summary>
    /// Changes a configuration that was read by BERT's rules to what the family's own fields say; reports what is wrong. Called where sizes are
    /// sound. null: there are no fields of its own.
    /// </summary>
    internal Func<ConfigFields, ModelConfig, ModelConfig>? Read { get; init; }

    /// <summary>The same family under other names that files have; the first whose tensors are there counts.</summary>
    public EquatableArray<Family> OtherNames { get; init; }

    /// <summary>The families that compile.</summary>
    public static EquatableArray<Family> All { get; } = new([
        BertFamily.Description,
        RobertaFamily.Description,
        XlmRobertaFamily.Description,
        CamembertFamily.Description,
        DistilBertFamily.Description,
        ElectraFamily.Description,
        MPNetFamily.Description,
        AlbertFamily.Description,
        DebertaV2Family.Description,
        Data2VecTextFamily.Description,
        ErnieFamily.Description,
        MegatronBertFamily.Description,
        RobertaPreLayerNormFamily.Description,
        XlmRobertaXlFamily.Description,
        RoFormerFamily.Description,
        ModernBertFamily.Description,
        EuroBertFamily.Description,
        NomicBertFamily.Description,
        GteFamily.Description,
        GteFamily.New,
        JinaV3Family.Description]);

    /// <summary>The family of that <c>model_type</c>; null: none that compiles.</summary>
    public static Family? Find(string modelType) => All.FirstOrDefault(f => f.ModelType == modelType);

    /// <summary>The family of a validated spec.</summary>
    /// <exception cref="ArgumentException">The spec is of no family that compiles.</exception>
    public static Family Of(ModelSpec spec) => Find(spec.Family) ?? throw new ArgumentException($"no family '{spec.Family}'", nameof(spec));

    /// <summary>The class of that name; null: the family has none.</summary>
    public ArchitectureRule? Rule(string architecture) => Architectures.FirstOrDefault(a => a.Architecture == architecture);
}
