namespace BertCompiler.Core.Spec;

/// <summary>How a word's scores at all tokens become one.</summary>
public enum SparsePooling
{
    /// <summary>The greatest.</summary>
    Max,

    /// <summary>Their sum.</summary>
    Sum,
}
