using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Config;

/// <summary><c>problem_type</c>: three values are known, and another one is an error, as in transformers' <c>PretrainedConfig</c>.</summary>
internal static class ProblemTypeReader
{
    public static ProblemType? Read(ConfigFields fields)
    {
        const string name = "problem_type";
        if (fields.Find(name) is not { } value) return null;
        if (value.Kind != ConfigNodeKind.Text) return fields.Wrong<ProblemType?>(value, name, "a string or null", null);
        switch (value.Text)
        {
            case "single_label_classification": return ProblemType.SingleLabel;
            case "multi_label_classification": return ProblemType.MultiLabel;
            case "regression": return ProblemType.Regression;
            default:
                fields.Error(ProblemKinds.ConfigUnsupported, value, $"'{name}': expected regression, single_label_classification or multi_label_classification, found {value.Describe()}");
                return null;
        }
    }
}
