using BertCompiler.Core.Families;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Config;

/// <summary>Config → Spec. The spec is a claim until the tensors were held against its plan.</summary>
public static class SpecBuilder
{
    /// <summary>Builds the spec of a model whose folder was read.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="config">config.json.</param>
    /// <param name="poolerInFile">Whether the checkpoint has the pooler.</param>
    /// <param name="sentence">How a sentence becomes a vector; null: it does not.</param>
    /// <param name="tokenizer">The tokenizer; null: there is none.</param>
    /// <param name="maxTokens">Longest input that the folder's other files allow.</param>
    /// <param name="rerank">What a cross-encoder does to its logits; null: nobody said.</param>
    /// <param name="sparse">How a masked language model gives sparse vectors; null: nobody said.</param>
    public static ModelSpec Build(
        string name, ModelConfig config, bool poolerInFile, SentenceSpec? sentence, TokenizerSpec? tokenizer, int maxTokens, Activation? rerank = null, SparseSpec? sparse = null) => new()
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
            FeedForward = config.FeedForward,
            Activation = config.Activation,
            Epsilon = config.Epsilon,
        },
        Embedding = new EmbeddingSpec
        {
            Vocabulary = config.Vocabulary,
            Positions = config.Positions,
            TokenTypes = config.TokenTypes,
            PadTokenId = config.PadTokenId,
            Epsilon = config.Epsilon,
        },
        HasPooler = config.Rule.Pooler switch
        {
            PoolerUse.Required => true,
            PoolerUse.IfPresent => poolerInFile,
            _ => false,
        },
        Head = Head(config, rerank, sparse),
        Sentence = sentence,
        Tokenizer = tokenizer,
        MaxTokens = Math.Min(maxTokens, config.Positions),
    };

    private static HeadSpec Head(ModelConfig config, Activation? rerank, SparseSpec? sparse) => config.Rule.Head switch
    {
        HeadKind.None => HeadSpec.None,
        HeadKind.SequenceClassification => new() { Kind = config.Rule.Head, Labels = config.Labels, ProblemType = config.ProblemType, RerankFunction = rerank },
        HeadKind.TokenClassification => new() { Kind = config.Rule.Head, Labels = config.Labels },
        HeadKind.MaskedLanguageModel => new() { Kind = config.Rule.Head, Activation = config.Activation, Sparse = sparse ?? SparseSpec.Default },
        HeadKind.PreTraining => new() { Kind = config.Rule.Head, Activation = config.Activation },
        _ => new() { Kind = config.Rule.Head },
    };
}
