using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Config;

/// <summary>Reads the config.json of a SpladePooling module (sentence-transformers, <c>SpladePooling.py</c>).</summary>
public static class SpladePoolingReader
{
    /// <summary>Reads the module; the default where problems were reported.</summary>
    /// <param name="root">The parsed file.</param>
    /// <param name="file">What the file is called in messages.</param>
    /// <param name="settings">The folder's settings.</param>
    /// <param name="problems">Takes what was found.</param>
    public static SparseSpec Read(ConfigNode root, string file, SentenceSettings settings, ProblemList problems)
    {
        if (root.Kind != ConfigNodeKind.Map)
        {
            problems.Error(ProblemKinds.ConfigMalformed, file, $"expected a JSON object with the pooling's configuration, found {root.Describe()}", root.Line, root.Column);
            return SparseSpec.Default;
        }

        var fields = new ConfigFields(root, file, problems);
        SparsePooling pooling = Choose(fields, "pooling_strategy", "max", SparsePooling.Max, "sum", SparsePooling.Sum);
        SparseActivation activation = Choose(fields, "activation_function", "relu", SparseActivation.Relu, "log1p_relu", SparseActivation.LogOnePlusRelu);
        return new SparseSpec(pooling, activation, settings.MaxActiveDimensions, settings.Similarity ?? Similarity.Dot);
    }

    private static T Choose<T>(ConfigFields fields, string field, string firstName, T first, string secondName, T second)
    {
        string name = fields.OptionalText(field, firstName);
        if (string.Equals(name, secondName, StringComparison.Ordinal)) return second;
        if (!string.Equals(name, firstName, StringComparison.Ordinal)) fields.Error(ProblemKinds.ConfigUnsupported, fields.Find(field), $"'{field}': {fields.Find(field)?.Describe()} is not supported (supported: {firstName}, {secondName})");
        return first;
    }
}
