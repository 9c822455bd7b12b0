using System.Globalization;

namespace BertCompiler.Tool.Importers.TensorBundle;

/// <summary>
/// Names of google-research/bert (<c>modeling.py</c>, <c>run_pretraining.py</c>, <c>run_classifier.py</c>, <c>run_squad.py</c>) as
/// Hugging Face's (what transformers' <c>convert_bert_original_tf_checkpoint_to_pytorch.py</c> gives).
/// </summary>
internal static class BertVariables
{
    /// <summary>Heads that stand outside <c>bert/</c> and <c>cls/</c>, or are called otherwise there.</summary>
    private static readonly Dictionary<string, string> Heads = new(StringComparer.Ordinal)
    {
        ["output_weights"] = "classifier.weight",
        ["output_bias"] = "classifier.bias",
        ["cls/squad/output_weights"] = "qa_outputs.weight",
        ["cls/squad/output_bias"] = "qa_outputs.bias",
    };

    /// <summary>What a training keeps beside each variable, under its name.</summary>
    private static readonly HashSet<string> Slots = new(StringComparer.Ordinal)
    {
        "adam_m", "adam_v", "Adam", "Adam_1", "AdamWeightDecayOptimizer", "AdamWeightDecayOptimizer_1", "LAMBOptimizer", "LAMBOptimizer_1", "lamb_m", "lamb_v", "Momentum",
    };

    /// <summary>What a training keeps for itself.</summary>
    private static readonly HashSet<string> Counters = new(StringComparer.Ordinal)
    {
        "global_step", "beta1_power", "beta2_power", "loss_scale", "good_steps", "bad_steps", "current_loss_scale", "save_counter", "_CHECKPOINTABLE_OBJECT_GRAPH",
    };

    /// <summary>Whether a variable belongs to a training and not to the model.</summary>
    public static bool IsTraining(string name) => Counters.Contains(name) || Slots.Contains(name[(name.LastIndexOf('/') + 1)..]);

    /// <summary>The Hugging Face name; null: no name of this model.</summary>
    public static BertVariable? Find(string name)
    {
        if (Heads.TryGetValue(name, out string? head)) return new BertVariable(head, IsKernel: false);
        string[] parts = name.Split('/');
        if (parts.Length < 2 || parts[0] is not ("bert" or "cls")) return null;
        for (int i = 0; i < parts.Length - 1; i++)
        {
            if (parts[i].Length == 0 || parts[i].Contains('.', StringComparison.Ordinal)) return null;
            if (LayerNumber(parts[i]) is { } layer) parts[i] = "layer." + layer.ToString(CultureInfo.InvariantCulture);
        }

        string? last = parts[^1] switch
        {
            "kernel" or "gamma" or "output_weights" => "weight",
            "beta" or "bias" or "output_bias" => "bias",
            "word_embeddings" or "position_embeddings" or "token_type_embeddings" => parts[^1] + ".weight",
            _ => null,
        };
        if (last is null) return null;
        bool isKernel = parts[^1] == "kernel";
        parts[^1] = last;
        return new BertVariable(string.Join('.', parts), isKernel);
    }

    private static int? LayerNumber(string part)
    {
        const string prefix = "layer_";
        if (!part.StartsWith(prefix, StringComparison.Ordinal)) return null;
        ReadOnlySpan<char> digits = part.AsSpan(prefix.Length);
        bool isNumber = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && (digits.Length == 1 || digits[0] != '0');
        return isNumber ? number : null;
    }
}
