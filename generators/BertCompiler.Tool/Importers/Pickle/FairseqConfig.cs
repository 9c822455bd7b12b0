using System.Globalization;
using BertCompiler.Core.Config;

namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>
/// The configuration of a fairseq model as config.json would say it: sizes from the tensors, the rest from the training's arguments
/// (<c>args</c>, an <c>argparse.Namespace</c>; since 2021 <c>cfg.model</c>). LayerNorm's epsilon is PyTorch's default, the padding id
/// fairseq's.
/// </summary>
internal static class FairseqConfig
{
    private const string Epsilon = "1e-05";
    private const int PadTokenId = 1;

    /// <summary>The configuration; null where the file does not say enough.</summary>
    public static ConfigNode? Of(object? root, FairseqModel model)
    {
        if (Arguments(root) is not { } arguments || arguments["encoder_attention_heads"] is not long heads) return null;
        if (model.Find(FairseqNames.WordTable) is not { Shape: [var vocabulary, var hidden] }) return null;
        if (model.Find(FairseqNames.Prefix + "embeddings.position_embeddings.weight") is not { Shape: [var positions, _] }) return null;
        if (model.Find(FairseqNames.Prefix + "encoder.layer.0.intermediate.dense.weight") is not { Shape: [var feedForward, _] }) return null;
        long layers = arguments["encoder_layers"] as long? ?? Layers(model);
        long types = model.Find(FairseqNames.TypeTable) is { Shape: [var rows, _] } ? rows : 1;
        string head = model.HeadName is not null ? "RobertaForSequenceClassification" : model.Find("lm_head.dense.weight") is not null ? "RobertaForMaskedLM" : "RobertaModel";
        var members = new List<KeyValuePair<string, ConfigNode>>
        {
            new("model_type", OfText("roberta")),
            new("architectures", ConfigNode.OfList([OfText(head)], 0, 0)),
            Number("vocab_size", vocabulary),
            Number("hidden_size", hidden),
            Number("num_hidden_layers", layers),
            Number("num_attention_heads", heads),
            Number("intermediate_size", feedForward),
            new("hidden_act", OfText(Activation(arguments["activation_fn"] as string ?? "gelu"))),
            Number("max_position_embeddings", positions),
            Number("type_vocab_size", types),
            new("layer_norm_eps", ConfigNode.OfNumber(Epsilon, 0, 0)),
            Number("pad_token_id", PadTokenId),
        };
        if (model.Find("classifier.out_proj.weight") is { Shape: [var labels, _] }) members.Add(Number("num_labels", labels));
        return ConfigNode.OfMap(members, 0, 0);
    }

    private static PickleMap? Arguments(object? root)
    {
        if (root is not PickleMap saved) return null;
        return Fields(saved["args"]) ?? Fields(Fields(saved["cfg"])?["model"]);
    }

    /// <summary>The fields of a dictionary or of a Namespace.</summary>
    private static PickleMap? Fields(object? value) => value switch
    {
        PickleMap map => map,
        PickleBag bag => bag.State as PickleMap,
        _ => null,
    };

    /// <summary>fairseq's names of GELU's tanh form are its own (<c>fairseq/modules/gelu.py</c>).</summary>
    private static string Activation(string name) => name is "gelu_accurate" or "gelu_fast" ? "gelu_new" : name;

    private static long Layers(FairseqModel model)
    {
        const string stem = FairseqNames.Prefix + "encoder.layer.";
        long layers = 0;
        foreach (TensorView view in model.Views.Where(v => v.Name.StartsWith(stem, StringComparison.Ordinal)))
        {
            string number = view.Name[stem.Length..].Split('.', 2)[0];
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int layer)) layers = Math.Max(layers, layer + 1L);
        }

        return layers;
    }

    private static ConfigNode OfText(string text) => ConfigNode.OfText(text, 0, 0);

    private static KeyValuePair<string, ConfigNode> Number(string name, long value) => new(name, ConfigNode.OfNumber(value.ToString(CultureInfo.InvariantCulture), 0, 0));
}
