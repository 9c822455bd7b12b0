using System.Globalization;
using BertCompiler.Core.Config;
using BertCompiler.Core.Families;
using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers.Onnx.Schema;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>Writes the configuration that a graph implies, as config.json would have it, for folders without one.</summary>
internal sealed class GraphConfig(OnnxGraph graph, GraphConstants constants, GraphPaths paths, Family family)
{
    private readonly List<KeyValuePair<string, ConfigNode>> _fields = [];

    /// <summary>The configuration.</summary>
    /// <param name="trunk">The encoder.</param>
    /// <param name="tables">Its tables.</param>
    /// <param name="tensors">All parameters by name, without prefix.</param>
    public ConfigNode Write(EncoderTrunk trunk, EmbeddingTables tables, IReadOnlyDictionary<string, GraphWeight> tensors)
    {
        EncoderLayer first = trunk.Layers[0];
        string architecture = Architecture(tensors);
        Add("architectures", ConfigNode.OfList([ConfigNode.OfText(architecture, 0, 0)], 0, 0));
        Add("model_type", ConfigNode.OfText(family.ModelType, 0, 0));
        Number(family.Config.Hidden, first.AttentionOutput.Weight.Shape[0]);
        Number(family.Config.Layers, trunk.Layers.Count);
        if (first.Heads > 0) Number(family.Config.Heads, first.Heads);
        Number(family.Config.FeedForward, first.Intermediate.Weight.Shape[0]);
        if (first.Activation is { } activation) Add(family.Config.Activation, ConfigNode.OfText(NameOf(activation), 0, 0));
        if (tables.Words is { } words) Number("vocab_size", words.Shape[0]);
        if (tables.Words is { } table && family.Config.EmbeddingWidth is { } width) Number(width, table.Shape[1]);
        if (tables.Positions is { } positions) Number("max_position_embeddings", positions.Shape[0]);
        if (tables.Types is { } types && family.TypeTable is not null) Number("type_vocab_size", types.Shape[0]);
        Add("layer_norm_eps", ConfigNode.OfNumber(((float)trunk.EmbeddingNorm.Epsilon).ToString("R", CultureInfo.InvariantCulture), 0, 0));
        AddPositions(trunk, tensors);
        if (PadId() is { } pad) Number("pad_token_id", pad);
        AddLabels(architecture, tensors);
        return ConfigNode.OfMap(_fields, 0, 0);
    }

    private static string NameOf(Activation activation) => ActivationNames.All.First(n => ActivationNames.Find(n) == activation);

    private void Add(string name, ConfigNode value) => _fields.Add(new KeyValuePair<string, ConfigNode>(name, value));

    private void Number(string name, long value) => Add(name, ConfigNode.OfNumber(value.ToString(CultureInfo.InvariantCulture), 0, 0));

    private void AddPositions(EncoderTrunk trunk, IReadOnlyDictionary<string, GraphWeight> tensors)
    {
        if (family.BucketTable is { } buckets && tensors.TryGetValue(buckets + ".weight", out GraphWeight? table)) Number("relative_attention_num_buckets", table.Shape[0]);
        if (!tensors.Keys.Any(n => n.EndsWith(".distance_embedding.weight", StringComparison.Ordinal))) return;
        int products = graph.Nodes.Count(n => n.OpType == "Einsum");
        Add("position_embedding_type", ConfigNode.OfText(products > trunk.Layers.Count ? "relative_key_query" : "relative_key", 0, 0));
    }

    private void AddLabels(string architecture, IReadOnlyDictionary<string, GraphWeight> tensors)
    {
        if (family.Rule(architecture)?.Head is not (HeadKind.SequenceClassification or HeadKind.TokenClassification)) return;
        GraphWeight? scores = tensors.GetValueOrDefault("classifier.out_proj.weight") ?? tensors.GetValueOrDefault("classifier.weight");
        if (scores is null || scores.Shape[0] is < 1 or > ConfigLimits.Labels) return;
        IEnumerable<string> ids = Enumerable.Range(0, (int)scores.Shape[0]).Select(i => i.ToString(CultureInfo.InvariantCulture));
        Add("id2label", ConfigNode.OfMap([.. ids.Select(i => new KeyValuePair<string, ConfigNode>(i, ConfigNode.OfText("LABEL_" + i, 0, 0)))], 0, 0));
    }

    /// <summary>The id that positions are not counted at: input_ids ≠ pad.</summary>
    private long? PadId()
    {
        if (family.Positions != PositionRule.AfterPadding) return null;
        foreach (NodeProto node in graph.Nodes)
        {
            if (node.OpType != "Equal" || node.Input.Count != 2) continue;
            for (int i = 0; i < 2; i++)
            {
                if (paths.Back(node.Input[i]) == "input_ids" && constants.Number(node.Input[1 - i]) is { } id) return (long)id;
            }
        }

        return null;
    }

    /// <summary>The class whose head the parameters are.</summary>
    private string Architecture(IReadOnlyDictionary<string, GraphWeight> tensors)
    {
        bool Any(params string[] stems) => tensors.Keys.Any(n => Array.Exists(stems, s => n.StartsWith(s, StringComparison.Ordinal)));
        HeadKind head = HeadKind.None;
        if (Any("discriminator_predictions.")) head = HeadKind.ReplacedTokens;
        else if (Any("cls.predictions.") && Any("cls.seq_relationship.")) head = HeadKind.PreTraining;
        else if (Any("cls.predictions.", "lm_head.", "vocab_transform.", "generator_predictions.")) head = HeadKind.MaskedLanguageModel;
        else if (Any("cls.seq_relationship.")) head = HeadKind.NextSentencePrediction;
        else if (Any("qa_outputs.")) head = HeadKind.QuestionAnswering;
        else if (Any("sequence_summary.") || (Any("classifier.") && RankOf(graph.Inputs, "input_ids") == 3)) head = HeadKind.MultipleChoice;
        else if (Any("classifier.", "pre_classifier.")) head = IsForTokens(tensors) ? HeadKind.TokenClassification : HeadKind.SequenceClassification;
        return (family.Architectures.FirstOrDefault(a => a.Head == head) ?? family.Architectures[0]).Architecture;
    }

    private bool IsForTokens(IReadOnlyDictionary<string, GraphWeight> tensors)
    {
        if (tensors.Keys.Any(n => n.StartsWith("classifier.dense.", StringComparison.Ordinal) || n.StartsWith("pre_classifier.", StringComparison.Ordinal))) return false;
        int rank = graph.Outputs.Select(o => o.Type?.TensorType?.Shape?.Dim.Count ?? 0).FirstOrDefault();
        if (rank > 0) return rank == 3;
        return family.Pooler is null || !tensors.ContainsKey(family.Pooler + ".weight");
    }

    private static int RankOf(IReadOnlyList<ValueInfoProto> values, string name) =>
        values.FirstOrDefault(v => v.Name == name)?.Type?.TensorType?.Shape?.Dim.Count ?? 0;
}
