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

    /// <summary>Position table [P,E].</summary>
    public required string PositionTable { get; init; }

    /// <summary>Token type table; null: the family has no token types.</summary>
    public string? TypeTable { get; init; }

    /// <summary>LayerNorm over the sum of the tables.</summary>
    public required string EmbeddingNorm { get; init; }

    /// <summary>Product that widens embeddings from E to H where they differ; null: they never do.</summary>
    public string? EmbeddingProjection { get; init; }

    /// <summary>Query, key and value projections, in this order.</summary>
    public required EquatableArray<string> QueryKeyValue { get; init; }

    /// <summary>Table of learned distances [2P−1,D] of a layer (<c>relative_key</c>); null: the family has none.</summary>
    public string? DistanceTable { get; init; }

    /// <summary>Table of score biases by bucketed distance [32,A], shared by all layers; null: the family has none.</summary>
    public string? BucketTable { get; init; }

    /// <summary>Projection of the heads' outputs.</summary>
    public required string AttentionOutput { get; init; }

    /// <summary>LayerNorm behind attention.</summary>
    public required string AttentionNorm { get; init; }

    /// <summary>First feed-forward product, H → F.</summary>
    public required string Intermediate { get; init; }

    /// <summary>Second feed-forward product, F → H.</summary>
    public required string Output { get; init; }

    /// <summary>LayerNorm behind the feed-forward block.</summary>
    public required string OutputNorm { get; init; }

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

    /// <summary>The families that compile.</summary>
    public static EquatableArray<Family> All { get; } = new([
        BertFamily.Description,
        RobertaFamily.Description,
        XlmRobertaFamily.Description,
        CamembertFamily.Description,
        DistilBertFamily.Description,
        ElectraFamily.Description,
        MPNetFamily.Description]);

    /// <summary>The family of that <c>model_type</c>; null: none that compiles.</summary>
    public static Family? Find(string modelType) => All.FirstOrDefault(f => f.ModelType == modelType);

    /// <summary>The family of a validated spec.</summary>
    /// <exception cref="ArgumentException">The spec is of no family that compiles.</exception>
    public static Family Of(ModelSpec spec) => Find(spec.Family) ?? throw new ArgumentException($"no family '{spec.Family}'", nameof(spec));

    /// <summary>The class of that name; null: the family has none.</summary>
    public ArchitectureRule? Rule(string architecture) => Architectures.FirstOrDefault(a => a.Architecture == architecture);
}
