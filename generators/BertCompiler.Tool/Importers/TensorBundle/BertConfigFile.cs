using System.Globalization;
using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.Json;

namespace BertCompiler.Tool.Importers.TensorBundle;

/// <summary>
/// The bert_config.json of google-research/bert as config.json would say it: the fields have Hugging Face's names already; the family, the
/// class and the number of labels are what the tensors show.
/// </summary>
internal static class BertConfigFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "bert_config.json";

    /// <summary>The facts of a checkpoint: none where the folder has a config.json, or no bert_config.json.</summary>
    /// <param name="folder">The folder of the checkpoint.</param>
    /// <param name="tensors">Its tensors, with Hugging Face's names.</param>
    /// <exception cref="ImportException">The file is not JSON.</exception>
    public static CheckpointFacts ReadFacts(string folder, IReadOnlyDictionary<string, TensorInfo> tensors)
    {
        string path = Path.Combine(folder, Name);
        if (File.Exists(Path.Combine(folder, "config.json")) || !File.Exists(path)) return CheckpointFacts.None;
        ConfigNode root = JsonDocumentReader.ReadFile(path, ProblemKinds.ConfigMalformed);
        return new CheckpointFacts { Config = root.Kind == ConfigNodeKind.Map ? Complete(root, tensors) : root, ConfigFile = path };
    }

    private static ConfigNode Complete(ConfigNode root, IReadOnlyDictionary<string, TensorInfo> tensors)
    {
        var properties = new List<KeyValuePair<string, ConfigNode>>(root.Properties);
        Add("model_type", ConfigNode.OfText("bert", root.Line, root.Column));
        string architecture = ArchitectureOf(tensors);
        Add("architectures", ConfigNode.OfList([ConfigNode.OfText(architecture, root.Line, root.Column)], root.Line, root.Column));
        bool hasLabels = architecture == "BertForSequenceClassification" && root["id2label"] is null && tensors["classifier.weight"].Shape.Count > 0;
        if (hasLabels) Add("num_labels", ConfigNode.OfNumber(tensors["classifier.weight"].Shape[0].ToString(CultureInfo.InvariantCulture), root.Line, root.Column));
        return ConfigNode.OfMap(properties, root.Line, root.Column);

        void Add(string name, ConfigNode value)
        {
            if (root[name] is null) properties.Add(new(name, value));
        }
    }

    private static string ArchitectureOf(IReadOnlyDictionary<string, TensorInfo> tensors)
    {
        if (tensors.ContainsKey("classifier.weight")) return "BertForSequenceClassification";
        if (tensors.ContainsKey("qa_outputs.weight")) return "BertForQuestionAnswering";
        bool predicts = tensors.ContainsKey("cls.predictions.bias");
        bool relates = tensors.ContainsKey("cls.seq_relationship.weight");
        return (predicts, relates) switch
        {
            (true, true) => "BertForPreTraining",
            (true, false) => "BertForMaskedLM",
            (false, true) => "BertForNextSentencePrediction",
            _ => "BertModel",
        };
    }
}
