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
        Layers = Layers(config, hasTensor),
        FinalNorm = config.FinalNorm,
        Embedding = config.Embedding with { PositionTable = Positions(config, hasTensor) },
        HasPooler = config.Rule.NeedsPooler
            || (config is { Rule.Head: HeadKind.None, Family.Pooler: { } pooler } && hasTensor(pooler + ".weight")),
        Head = Head(config, rerank, sparse),
        Sentence = sentence,
        Tokenizer = tokenizer,
        MaxTokens = Math.Min(maxTokens, LongestText(config)),
    };

    /// <summary>The same encoder under the head of another class, with labels that stand for any number of them.</summary>
    public static ModelSpec WithHead(ModelSpec spec, ModelConfig config) => spec with
    {
        Architecture = config.Rule.Architecture,
        HasPooler = config.Rule.NeedsPooler,
        Sentence = null,
        Head = Head(config.Labels.Count > 0 ? config : config with { Labels = new(["", ""]) }, rerank: null, sparse: null),
    };

    /// <summary>The first position of RoBERTa's kind is one after the pad id, so as many rows are never used.</summary>
    private static int LongestText(ModelConfig config) => config switch
    {
        { MaxTokens: > 0 } => config.MaxTokens,
        { Embedding.Positions: 0 } => ConfigLimits.Positions,
        { Embedding.PositionRule: PositionRule.AfterPadding } => Math.Max(config.Positions - config.PadTokenId - 1, 1),
        _ => Math.Max(config.Positions, 1),
    };

    private static PositionTable Positions(ModelConfig config, Func<string, bool> hasTensor) =>
        config.Embedding.PositionTable != PositionTable.None && config.Sinusoidal && !hasTensor(config.Family.PositionTable + ".weight")
            ? PositionTable.Sinusoidal
            : config.Embedding.PositionTable;

    /// <summary>A table of rotary positions is a buffer to some versions of the library: files without one mean the usual angles.</summary>
    private static LayerSchedule Layers(ModelConfig config, Func<string, bool> hasTensor) =>
        config.Family.RotaryTable is { } table && !hasTensor(table + ".weight")
            ? config.WithLayers(layer => layer with { Rotary = layer.Rotary! with { Table = RotaryTable.RoundedOnce } }).Layers
            : config.Layers;

    private static HeadSpec Head(ModelConfig config, Activation? rerank, SparseSpec? sparse) => new()
    {
        Kind = config.Rule.Head,
        TiesWords = config.TiesWords && config.Rule.Parts.Any(p => p.IsTied),
        Labels = config.Rule.Parts.Any(p => p.Columns == HeadColumns.Labels) ? config.Labels : default,
        Parts = new(config.Rule.Parts.Select(part => Part(part, config))),
        ProblemType = config.Rule.Head == HeadKind.SequenceClassification ? config.ProblemType : null,
        RerankFunction = config.Rule.Head == HeadKind.SequenceClassification ? rerank : null,
        Sparse = config.Rule.Head == HeadKind.MaskedLanguageModel ? sparse ?? SparseSpec.Default : null,
    };

    /// <summary>A part of a head in numbers.</summary>
    public static HeadPartSpec Part(HeadPart part, ModelConfig config) => new()
    {
        Name = part.Name,
        From = part.From,
        DenseWidth = part.Dense is null ? 0 : part.DenseIsEmbeddingWide ? config.EmbeddingWidth : config.Hidden,
        HasDenseBias = part.HasDenseBias,
        Activation = part.Dense is null ? default : part.Activation ?? config.Activation,
        Norm = part.Norm is null ? null : part.NormKind,
        Epsilon = part.Norm is null ? 0 : config.Epsilon,
        Columns = part.Columns switch
        {
            HeadColumns.One => 1,
            HeadColumns.Two => 2,
            HeadColumns.Labels => config.Labels.Count,
            _ => config.Vocabulary,
        },
        HasBias = part.HasBias,
        ScoresVocabulary = part.Columns == HeadColumns.Vocabulary,
        AveragesScores = part.AveragesScores,
        Outputs = part.Outputs,
        IsByColumn = part.IsByColumn,
    };
}
