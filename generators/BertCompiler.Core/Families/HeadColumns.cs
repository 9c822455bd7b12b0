namespace BertCompiler.Core.Families;

/// <summary>How many numbers a head gives for a row.</summary>
public enum HeadColumns
{
    /// <summary>One.</summary>
    One,

    /// <summary>Two.</summary>
    Two,

    /// <summary>One a label.</summary>
    Labels,

    /// <summary>V: one a word of the vocabulary.</summary>
    Vocabulary,
}
