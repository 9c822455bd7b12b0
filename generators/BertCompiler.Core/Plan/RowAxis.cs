namespace BertCompiler.Core.Plan;

/// <summary>What the rows of a value are.</summary>
public enum RowAxis
{
    /// <summary>One row a token of the batch: T rows.</summary>
    Tokens,

    /// <summary>One row a sequence of the batch: B rows.</summary>
    Sequences,

    /// <summary>One row a token that the caller asks for: S rows.</summary>
    Selected,
}
