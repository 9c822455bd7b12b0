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

    /// <summary>Word table [V,H].</summary>
    public required string WordTable { get; init; }

    /// <summary>Position table [P,H].</summary>
    public required string PositionTable { get; init; }

    /// <summary>Token type table.</summary>
    public required string TypeTable { get; init; }

    /// <summary>LayerNorm over the sum of the three.</summary>
    public required string EmbeddingNorm { get; init; }

    /// <summary>Query, key and value projections, in this order.</summary>
    public required EquatableArray<string> QueryKeyValue { get; init; }

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

    /// <summary>Pooler over the first token.</summary>
    public required string Pooler { get; init; }

    /// <summary>Which class of <c>architectures</c> puts which head on the encoder.</summary>
    public required EquatableArray<ArchitectureRule> Architectures { get; init; }

    /// <summary>Tensors that lie in real files and mean nothing here (buffers), as names without the prefix.</summary>
    public required EquatableArray<string> IgnoredTensors { get; init; }

    /// <summary>The families that compile.</summary>
    public static EquatableArray<Family> All { get; } = new([BertFamily.Description]);

    /// <summary>The family of that <c>model_type</c>; null: none that compiles.</summary>
    public static Family? Find(string modelType) => All.FirstOrDefault(f => f.ModelType == modelType);
}
