using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Config;

/// <summary>Reads the config.json of Dense and LayerNorm modules (sentence-transformers, <c>Dense.py</c>, <c>LayerNorm.py</c>).</summary>
public static class DenseReader
{
    /// <summary>What a module takes and gives, where it says so (from 6.0 on).</summary>
    private const string SentenceEmbedding = "sentence_embedding";

    /// <summary>Reads a Dense module; null where problems were reported.</summary>
    /// <param name="root">The parsed file.</param>
    /// <param name="file">What the file is called in messages.</param>
    /// <param name="width">Length of the vector that the modules before it give.</param>
    /// <param name="problems">Takes what was found.</param>
    public static DenseModule? Read(ConfigNode root, string file, int width, ProblemList problems)
    {
        if (!IsMap(root, file, problems)) return null;
        int before = problems.Items.Count;
        var fields = new ConfigFields(root, file, problems);
        int inputs = fields.RequiredInt("in_features", 1, ConfigLimits.Dimension);
        int outputs = fields.RequiredInt("out_features", 1, ConfigLimits.Dimension);
        bool bias = fields.OptionalBool("bias", true);
        Activation activation = TorchActivations.Read(fields, "activation_function", Activation.Tanh)!.Value;
        bool residual = fields.OptionalBool("use_residual", false);
        RequireWidth(fields, "in_features", inputs, width);
        foreach (string name in (string[])["module_input_name", "module_output_name"])
        {
            string value = fields.OptionalText(name, SentenceEmbedding);
            if (!string.Equals(value, SentenceEmbedding, StringComparison.Ordinal)) fields.Error(ProblemKinds.ConfigUnsupported, root[name], $"'{name}': '{value}' is not supported (supported: {SentenceEmbedding})");
        }

        if (problems.Items.Count > before) return null;
        return new DenseModule(inputs, outputs, bias, activation, !residual ? DenseResidual.None : inputs == outputs ? DenseResidual.Identity : DenseResidual.Projected);
    }

    /// <summary>Reads a LayerNorm module; null where problems were reported.</summary>
    /// <inheritdoc cref="Read" path="/param"/>
    public static LayerNormModule? ReadLayerNorm(ConfigNode root, string file, int width, ProblemList problems)
    {
        if (!IsMap(root, file, problems)) return null;
        int before = problems.Items.Count;
        var fields = new ConfigFields(root, file, problems);
        int dimension = fields.RequiredInt("dimension", 1, ConfigLimits.Dimension);
        RequireWidth(fields, "dimension", dimension, width);
        return problems.Items.Count > before ? null : new LayerNormModule(dimension);
    }

    private static void RequireWidth(ConfigFields fields, string name, int found, int width)
    {
        if (found > 0 && found != width) fields.Error(ProblemKinds.ConfigInconsistent, fields.Find(name), $"'{name}' is {found}, and the modules before give {width} numbers");
    }

    private static bool IsMap(ConfigNode root, string file, ProblemList problems)
    {
        if (root.Kind == ConfigNodeKind.Map) return true;
        problems.Error(ProblemKinds.ConfigMalformed, file, $"expected a JSON object with the module's configuration, found {root.Describe()}", root.Line, root.Column);
        return false;
    }
}
