namespace BertCompiler.Core.Spec;

/// <summary>What a sequence classifier was trained to tell; the names are those of the runtime's enum.</summary>
public enum ProblemType
{
    /// <summary>One label of several.</summary>
    SingleLabel,

    /// <summary>Any number of labels.</summary>
    MultiLabel,

    /// <summary>A number.</summary>
    Regression,
}
