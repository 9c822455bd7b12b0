namespace BertCompiler;

/// <summary>What a sequence classifier was trained to tell (<c>problem_type</c> of config.json).</summary>
public enum ProblemType
{
    /// <summary>One label of several (<c>single_label_classification</c>).</summary>
    SingleLabel,

    /// <summary>Any number of labels (<c>multi_label_classification</c>).</summary>
    MultiLabel,

    /// <summary>A number (<c>regression</c>).</summary>
    Regression,
}
