namespace BertCompiler.Tokenization;

/// <summary>Before which pieces Metaspace puts its character, where they do not begin with it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum PrependScheme
{
    /// <summary>None.</summary>
    Never,

    /// <summary>All.</summary>
    Always,

    /// <summary>The one at the beginning of the original text.</summary>
    First,
}
