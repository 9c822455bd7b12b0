namespace BertCompiler.Core.Spec;

/// <summary>Which row of the position table a token takes.</summary>
public enum PositionRule
{
    /// <summary>Its place in the text, from 0.</summary>
    Sequential,

    /// <summary>
    /// The pad id plus the number of tokens so far, itself included, that are not the pad token; a pad token takes the row of the pad id
    /// (RoBERTa, <c>create_position_ids_from_input_ids</c>).
    /// </summary>
    AfterPadding,
}
