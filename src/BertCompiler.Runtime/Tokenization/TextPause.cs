namespace BertCompiler.Tokenization;

/// <summary>Where a long text may be cut so that the ids of the parts, one behind the other, are those of the whole.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum TextPause
{
    /// <summary>Nowhere.</summary>
    Nowhere,

    /// <summary>Behind a space or line feed.</summary>
    BehindSpace,

    /// <summary>Between an ASCII letter or digit and a space that another one follows.</summary>
    BetweenWords,
}
