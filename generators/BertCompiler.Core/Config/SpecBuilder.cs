using BertCompiler.Core.Families;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Config;

/// <summary>Config → Spec. The spec is a claim until the tensors were held against its plan.</summary>
public static class SpecBuilder
{
    /// <summary>Builds the spec of a model whose folder was read.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="config">config.json.</param>
    /// <param name="hasTensor">Whether the checkpoint has an encoder tensor of that name.</param>
    /// <param name="sentence">How a sentence becomes a vector; null: it does not.</param>
    /// <param name="tokenizer">The tokenizer; null: there is none.</param>
    /// <param name="maxTokens">Longest input that the folder's other files allow.</param>
    /// <param name="rerank">What a cross-encoder does to its logits; null: nobody said.</param>
    /// <param name="sparse">How a masked language model gives sparse vectors; null: nobody said.</param>
    public static ModelSpec Build(
        string name, ModelConfig config, Func<string, bool> hasTensor, SentenceSpec? sentence, TokenizerSpec? tokenizer, int maxTokens, Activation? rerank = null, SparseSpec? sparse = null) => new()
    {
        Name = name,
        Family = config.Family.ModelType,
        Architecture = config.Rule.Architecture,
        Hidden = config.Hidden,
        Layers = config.Layers,
        Layer = new LayerSpec
        {
            Heads = config.Heads,
            HeadSize = config.Hidden / config.Heads,
            Relative = config.Relative,
            DistanceBuckets = config.DistanceBuckets,
            FeedForward = config.FeedForward,
            Activation = config.Activation,
            Epsilon = config.Epsilon,
        },
        Embedding = new EmbeddingSpec
        {
            Vocabulary = config.Vocabulary,
            Width = config.EmbeddingWidth,
            Positions = config.Positions,
            PositionTable = Positions(config, hasTensor),
            PositionRule = Rule(config),
            TokenTypes = config.TokenTypes,
            PadTokenId = config.PadTokenId,
            Epsilon = config.Epsilon,
        },
        HasPooler = config.Rule.NeedsPooler
            || (config is { Rule.Head: HeadKind.None, Family.Pooler: { } pooler } && hasTensor(pooler + ".weight")),
        Head = Head(config, rerank, sparse),
        Sentence = sentence,
        Tokenizer = tokenizer,
        MaxTokens = Math.Min(maxTokens, LongestText(config)),
    };

    /// <summary>The first position of RoBERTa's kind is one behind the pad id, so as many rows are never used.</summary>
    private static int LongestText(ModelConfig config) =>
        Math.Max(Rule(config) == PositionRule.AfterPadding ? config.Positions - config.PadTokenId - 1 : config.Positions, 1);

    private static PositionTable Positions(ModelConfig config, Func<string, bool> hasTensor)
    {
        if (IsByDistanceAlone(config)) return PositionTable.None;
        return config.Sinusoidal && !hasTensor(config.Family.PositionTable + ".weight") ? PositionTable.Sinusoidal : PositionTable.Stored;
    }

    /// <summary>With a vector for each distance nothing is added to the embedding (transformers 4.x, <c>BertEmbeddings</c>); MPNet has both.</summary>
    private static bool IsByDistanceAlone(ModelConfig config) => config.Relative is RelativePositions.Key or RelativePositions.KeyQuery;

    private static PositionRule Rule(ModelConfig config) => IsByDistanceAlone(config) ? PositionRule.Sequential : config.Family.Positions;

    private static HeadSpec Head(ModelConfig config, Activation? rerank, SparseSpec? sparse) => new()
    {
        Kind = config.Rule.Head,
        TiesWords = config.TiesWords && config.Rule.Parts.Any(p => p.IsTied),
        Labels = config.Rule.Parts.Any(p => p.Columns == HeadColumns.Labels) ? config.Labels : default,
        Activation = config.Rule.Parts.FirstOrDefault(p => p.Dense is not null) is { } part ? part.Activation ?? config.Activation : default,
        ProblemType = config.Rule.Head == HeadKind.SequenceClassification ? config.ProblemType : null,
        RerankFunction = config.Rule.Head == HeadKind.SequenceClassification ? rerank : null,
        Sparse = config.Rule.Head == HeadKind.MaskedLanguageModel ? sparse ?? SparseSpec.Default : null,
    };
}
